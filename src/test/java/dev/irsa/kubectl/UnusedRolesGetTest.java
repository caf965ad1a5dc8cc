package dev.irsa.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.apiserver.ApiFault;
import dev.irsa.fixtures.iam.InMemoryIam;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.model.Tag;

/** {@code get} with what IAM knows of the last use of roles. */
class UnusedRolesGetTest extends OtherAccountsTestBase {
    private static final String DENIED = "you do not have the permission iam:GetAccountAuthorizationDetails";
    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},\
            "Action":"sts:AssumeRole"}}""";
    private static final String NOTE = "IAM shows a use up to four hours late, and remembers it for 400 days.";

    @BeforeEach
    void createRoles() throws IOException {
        world.configure(TwoAccounts.ANALYTICS);
        world.create(TwoAccounts.ACCOUNT);
        aged(world.home, "idle", 200);
        aged(world.home, "busy", 200);
        world.home.console().use("busy", daysAgo(1), "eu-west-1");
        aged(world.home, "new", 2);
        aged(world.other, "rare", 500);
        world.other.console().use("rare", daysAgo(100), "us-east-1");
    }

    private void aged(InMemoryIam iam, String name, int days) {
        world.age = Duration.ofDays(days);
        world.role(iam, name);
        world.age = Duration.ZERO;
    }

    private Instant daysAgo(int days) {
        return world.started.minus(Duration.ofDays(days));
    }

    private String day(int daysAgo) {
        return LocalDate.ofInstant(daysAgo(daysAgo), ZoneOffset.UTC).toString();
    }

    private int get(String... arguments) {
        return world.run(new GetCommand(), arguments);
    }

    @Test
    void showsTheLastUseInWideTables() {
        assertThat(get("-o", "wide")).isZero();

        assertThat(world.out.toString())
                .containsPattern("OLD PODS +LAST USED +ACCOUNT +ROLE\n")
                .containsPattern("busy .* " + day(1) + " \\(eu-west-1\\) +111122223333 +busy\n")
                .containsPattern("idle .* never +111122223333 +idle\n")
                .containsPattern("rare .* " + day(100) + " \\(us-east-1\\) +444455556666 +rare\n");
        assertThat(world.err.toString()).isEmpty();
        assertThat(world.home.calls().of("GetAccountAuthorizationDetails")).isOne();
        assertThat(world.other.calls().of("GetAccountAuthorizationDetails")).isOne();
    }

    /** The list shows them, so no role is read by itself. */
    @Test
    void recognizesMakersByTheTagsOfTheList() {
        world.home.tagRole(request -> request.roleName("busy")
                .tags(Tag.builder().key("irsa-controller").value("y").build()));

        assertThat(get("-o", "wide")).isZero();

        assertThat(world.out.toString()).containsPattern("busy +IRSA +domechn irsa-controller ");
        assertThat(world.home.calls().of("GetRole")).isZero();
    }

    @Test
    void readsNoListUnlessTheUserAsksForIt() {
        assertThat(get()).isZero();

        assertThat(world.out.toString()).doesNotContain("LAST USED");
        assertThat(world.home.calls().of("GetAccountAuthorizationDetails")).isZero();
    }

    @Test
    void listsOnlyUnusedRoles() {
        assertThat(get("--unused", "90d")).isZero();

        assertThat(world.out.toString().lines().skip(1))
                .satisfiesExactly(
                        idle -> assertThat(idle).startsWith("shop        idle "),
                        rare -> assertThat(rare).startsWith("shop        rare "));
        assertThat(world.err.toString()).isEqualTo(NOTE + "\n");

        assertThat(get("--unused", "201d", "idle")).isZero();
        assertThat(world.out.toString()).isEmpty();
        assertThat(world.err.toString())
                .isEqualTo("No roles without a use in 201 days found in namespace shop.\n" + NOTE + "\n");
    }

    @Test
    void namesTheLastUseInDocuments() {
        assertThat(get("--unused", "0d", "-o", "json")).isZero();

        assertThat(world.out.toString())
                .contains("\"lastUsedAt\":\"" + daysAgo(1) + "\",\"lastUsedRegion\":\"eu-west-1\",\"roleCreatedAt\":\""
                        + daysAgo(200) + "\"}")
                .contains(",\"roleCreatedAt\":\"" + daysAgo(2) + "\"}");
        assertThat(world.err.toString()).isEmpty();
    }

    @Test
    void doesNotTakeAnIncompleteListForACompleteOne() {
        world.other.faults().deny("GetAccountAuthorizationDetails");

        assertThat(get("--unused", "90d")).isEqualTo(1);
        assertThat(world.out.toString()).contains("idle").doesNotContain("rare");
        assertThat(world.err.toString())
                .startsWith("error: the list is not complete: account 444455556666: " + DENIED)
                .contains(
                        "warning: the last use of some roles is not known, so their ServiceAccounts (1) are not listed");

        assertThat(get("--unused", "90d", "-o", "json")).isEqualTo(1);
        assertThat(world.out.toString()).contains("\"notRead\":[{\"accountID\":\"444455556666\"");

        assertThat(get("-o", "wide")).isZero();
        assertThat(world.out.toString()).containsPattern("rare .* \\? +444455556666 +rare\n");
        assertThat(world.err.toString()).startsWith("warning: it is not shown when some roles were last used: account");
    }

    @Test
    void needsIam() {
        assertThat(get("--unused", "90d", "--no-aws")).isEqualTo(2);
        assertThat(world.err.toString())
                .isEqualTo("error: when roles were last used is known only from IAM; remove --no-aws\n");

        assertThat(get("-o", "wide", "--no-aws")).isZero();
        assertThat(world.out.toString()).containsPattern("idle .* \\? +111122223333 +idle\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"90", "d", "2w", "90D", "401d", "99999999999d"})
    void refusesOtherPeriods(String period) {
        assertThat(get("--unused", period)).isEqualTo(2);
        assertThat(world.err.toString()).contains("'" + period + "' is ");
    }

    @Test
    void refusesWideWhereItAddsNothing() {
        assertThat(world.run(new ExplainCommand(), "reports", "-o", "wide")).isEqualTo(2);
        assertThat(world.err.toString())
                .contains("expected one of [table, json, yaml] (case-sensitive) but was 'wide'");

        assertThat(get("-o", "other")).isEqualTo(2);
        assertThat(world.err.toString())
                .contains("expected one of [table, wide, json, yaml] (case-sensitive) but was 'other'");
    }

    private void owned(InMemoryIam iam, String role, String resource) {
        iam.createRole(request -> request.roleName(role)
                .assumeRolePolicyDocument(TRUST)
                .tags(TwoAccounts.cluster()
                        .owner(
                                resource.substring(0, resource.indexOf('/')),
                                resource.substring(resource.indexOf('/') + 1))
                        .tags()
                        .entrySet()
                        .stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList()));
    }

    @Test
    void listsOrphanedRolesOfEveryAccount() {
        owned(world.home, "prod_shop_gone", "shop/gone");
        owned(world.home, "prod_shop_hidden", "shop/hidden");
        owned(world.home, "prod_shop_kept", "shop/kept");
        owned(world.home, "prod_shop_reports", "shop/reports");
        owned(world.other, "prod_shop_reports", "shop/reports");
        owned(world.other, "prod_shop_left", "shop/left");
        owned(world.home, "prod_web_left", "web/left");
        world.home.createRole(request -> request.roleName("retained")
                .assumeRolePolicyDocument(TRUST)
                .tags(Tag.builder()
                        .key("irsa.dev/adoptable-by")
                        .value("prod/shop/retained")
                        .build()));
        world.create(RESOURCE);
        world.create(RESOURCE.replace("name: reports", "name: kept").replace("{account: analytics}", "{}"));
        world.create(RESOURCE.replace("name: reports", "name: hidden")
                .replace("{account: analytics}", "{role: {name: another}}"));

        int writes = world.home.calls().writes();

        assertThat(get("--orphaned")).isZero();
        assertThat(world.out.toString()).isEqualTo("""
                NAMESPACE   NAME      RESOURCE   ACCOUNT     ROLE
                shop        gone      deleted    -           prod_shop_gone
                shop        hidden    exists     -           prod_shop_hidden
                shop        left      deleted    analytics   prod_shop_left
                shop        reports   exists     -           prod_shop_reports
                """);

        assertThat(get("--orphaned", "-A", "-o", "wide")).isZero();
        assertThat(world.out.toString()).contains("LAST USED").containsPattern("web +left .* never +- +prod_web_left");

        assertThat(get("--orphaned", "gone", "--unused", "1d")).isZero();
        assertThat(world.err.toString())
                .isEqualTo("No orphaned roles without a use in 1 day found for namespace shop.\n" + NOTE + "\n");
        assertThat(world.home.calls().writes()).isEqualTo(writes);
    }

    @Test
    void takesNoRoleForOrphanedWhoseResourceIsCreatedMeanwhile() {
        owned(world.home, "prod_shop_late", "shop/late");
        world.home.faults().before(call -> {
            if (call.action().equals("GetAccountAuthorizationDetails")) {
                world.create(RESOURCE.replace("name: reports", "name: late").replace("{account: analytics}", "{}"));
            }
        });

        assertThat(get("--orphaned")).isZero();
        assertThat(world.out.toString()).isEmpty();
    }

    /** The account may have got another IamAccount. */
    @Test
    void takesNoRoleForOrphanedThatAStatusNames() {
        owned(world.home, "prod_shop_reports", "shop/reports");
        String resource = RESOURCE + """
                status:
                  observedGeneration: 1
                  roleARN: arn:aws:iam::111122223333:role/prod_shop_reports
                """;
        world.create(resource);
        world.server.client().resource(resource).patchStatus();

        assertThat(get("--orphaned")).isZero();
        assertThat(world.err.toString()).isEqualTo("No orphaned roles found for namespace shop.\n");
    }

    @ParameterizedTest
    @CsvSource({
        "403, Forbidden, you do not have the permission list iamserviceaccounts",
        "404, NotFound, no IamServiceAccounts"
    })
    void guessesNoOrphanedRoles(int code, String reason, String message) {
        owned(world.home, "prod_shop_gone", "shop/gone");
        world.server.intercept(request -> request.path().contains("iamserviceaccounts")
                ? ApiFault.refused(code, reason, "refused")
                : ApiFault.none());

        assertThat(get("--orphaned")).isEqualTo(1);
        assertThat(world.err.toString())
                .startsWith("error: it is not known which roles are orphaned: ")
                .contains(message);
        assertThat(world.out.toString()).isEmpty();
    }

    @Test
    void listsNoOrphanedRolesOfAnotherCluster() throws IOException {
        owned(world.home, "prod_shop_gone", "shop/gone");
        String settings = world.settings();

        assertThat(get("--orphaned", settings)).isEqualTo(2);
        assertThat(world.err.toString()).contains("--operator-settings is of another cluster");
        assertThat(world.out.toString()).isEmpty();

        world.server.intercept(request -> request.path().endsWith("/kube-system")
                ? ApiFault.refused(403, "Forbidden", "refused")
                : ApiFault.none());
        assertThat(get("--orphaned", settings)).isEqualTo(1);
        assertThat(world.err.toString()).contains("it is not known whether --operator-settings is of this cluster");
        assertThat(world.out.toString()).isEmpty();
    }

    @Test
    void refusesBothKindsOfRolesAtOnce() {
        assertThat(get("--orphaned", "--retained")).isEqualTo(2);
        assertThat(world.err.toString())
                .isEqualTo("error: a retained role is not orphaned; use either --retained or --orphaned\n");
    }
}
