package dev.irsa.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.ServiceLastAccessed;
import software.amazon.awssdk.services.iam.model.TrackedActionLastAccessed;

/** The command with an API server, and with IAM in memory. */
class UnusedCommandTest extends OtherAccountsTestBase {
    private static final String CART = "arn:aws:iam::111122223333:role/cart";
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");
    private static final Instant LONG_AGO = Instant.parse("2026-01-02T03:04:05Z");

    private static ServiceLastAccessed service(String name, Instant used, TrackedActionLastAccessed... actions) {
        return ServiceLastAccessed.builder()
                .serviceNamespace(name)
                .serviceName(name)
                .lastAuthenticated(used)
                .trackedActionsLastAccessed(actions)
                .build();
    }

    private static TrackedActionLastAccessed action(String name, @Nullable Instant used) {
        return TrackedActionLastAccessed.builder()
                .actionName(name)
                .lastAccessedTime(used)
                .build();
    }

    private void allow(String role, String actions) {
        world.home.putRolePolicy(request -> request.roleName(role)
                .policyName("own")
                .policyDocument("{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": "
                        + actions + ", \"Resource\": \"*\"}]}"));
    }

    /** Roles of a test are new, so the period is empty. */
    private int run(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "--period=0d";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return world.run(new UnusedCommand(), all);
    }

    @Test
    void listsWhatWasNotUsedAndSuggestsSmallerPolicy() {
        world.role(world.home, "cart");
        allow("cart", "[\"s3:ListBucket\", \"s3:CreateBucket\", \"s3:GetObject\", \"sqs:*\"]");
        world.home.attachRolePolicy(request -> request.roleName("cart").policyArn("arn:aws:iam::aws:policy/Queues"));
        world.home
                .account()
                .document(
                        "arn:aws:iam::aws:policy/Queues",
                        "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sqs:*\", \"Resource\": \"*\"}}");
        world.home
                .lastAccessed()
                .use(
                        CART,
                        service(
                                "s3",
                                LATER,
                                action("ListBucket", LATER),
                                action("CreateBucket", null),
                                action("DeleteBucket", null)),
                        service("sqs", LONG_AGO));

        assertThat(run()).isZero();

        assertThat(world.out.toString()).isEqualTo("""
                SERVICE ACCOUNTS   ROLE   SERVICE   LAST USED    UNUSED
                shop/cart          cart   s3        2100-01-01   s3:CreateBucket
                shop/cart          cart   sqs       2026-01-02   the service

                What was used of policy own of role cart:
                {
                  "Version" : "2012-10-17",
                  "Statement" : [ {
                    "Effect" : "Allow",
                    "Action" : [ "s3:ListBucket", "s3:GetObject" ],
                    "Resource" : "*"
                  } ]
                }

                Nothing of policy arn:aws:iam::aws:policy/Queues of role cart was used. Remove it.
                """);
        assertThat(world.err.toString())
                .isEqualTo(
                        "IAM shows a use up to four hours late, and remembers it for 400 days. It does not track every action, and"
                                + " counts denied attempts as uses.\n");
    }

    @Test
    void saysThatEverythingWasUsed() {
        world.role(world.home, "cart");
        allow("cart", "\"s3:*\"");
        world.home.lastAccessed().use(CART, service("s3", LATER));

        assertThat(run("cart")).isZero();
        assertThat(world.out.toString()).isEmpty();
        assertThat(world.err.toString()).startsWith("No unused access found.\n");
    }

    @Test
    void leavesOutYoungRoles() {
        world.role(world.home, "cart");

        assertThat(world.run(new UnusedCommand())).isZero();
        assertThat(world.err.toString())
                .contains("Left out, because it was created less than 90 days ago: " + CART + "\n");
        assertThat(world.home.calls().of("GenerateServiceLastAccessedDetails")).isZero();
    }

    @Test
    void namesWhatCouldNotBeRead() {
        world.role(world.home, "cart");
        world.home.lastAccessed().fail(CART);

        assertThat(run("-o", "json")).isEqualTo(1);
        assertThat(world.err.toString())
                .contains("error: the answer is not complete: the job of IAM for role " + CART
                        + " failed; run the command again");
        assertThat(world.out.toString()).contains("\"notRead\":[{\"accountID\":\"111122223333\",\"reason\":\"the job");
    }

    @Test
    void refusesPeriodThatIsNoNumberOfDays() {
        assertThat(world.run(new UnusedCommand(), "--period=90")).isEqualTo(2);
        assertThat(world.err.toString()).contains("'90' is not a number of days; write it as in 90d");
    }
}
