package dev.irsa.fake;

import static dev.irsa.fake.IamContract.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.ServiceFailureException;

/** What goes wrong when it is ordered to. */
class FaultsTest implements IamContract {
    private final InMemoryIam iam = new InMemoryIam(InstantSource.system());
    private final Faults faults = iam.faults();

    @Override
    public IamClient iam() {
        return iam;
    }

    @Test
    void throttlesTheNextCallsOrAllUntilAllIsWell() {
        faults.throttleNext(2);
        assertThat(assertRefused("Throttling", iam::listRoles).isThrottlingException())
                .isTrue();
        assertRefused("Throttling", () -> create("a"));
        create("a");

        faults.throttleAll();
        assertRefused("Throttling", () -> get("a"));
        faults.none();
        get("a");
        assertThat(iam.calls().total()).isEqualTo(5);
    }

    @Test
    void throttlesOneAction() {
        faults.throttle("GetRole");

        create("a");
        assertRefused("Throttling", () -> get("a"));
    }

    @Test
    void failsTheNthCallOfAnActionBeforeItTakesEffect() {
        faults.failNth("CreateRole", 2, Refusal.serviceFailure());

        create("a");
        assertThatThrownBy(() -> create("b")).isInstanceOf(ServiceFailureException.class);
        create("c");

        assertThat(iam.roles()).extracting(RoleRecord::name).containsExactly("a", "c");
    }

    @Test
    void losesTheAnswerOfACallThatTookEffect() {
        faults.loseAnswerOfNth("CreateRole", 1);

        assertThatThrownBy(() -> create("a")).isInstanceOf(SdkClientException.class);
        assertThat(iam.role("a")).isPresent();
        assertRefused("EntityAlreadyExists", () -> create("a"));
    }

    @Test
    void answersWithoutABody() {
        faults.failAll(Refusal.withoutBody(503));

        assertThatThrownBy(iam::listRoles).isInstanceOfSatisfying(IamException.class, refusal -> {
            assertThat(refusal.statusCode()).isEqualTo(503);
            assertThat(refusal.awsErrorDetails().errorCode()).isNull();
        });
    }

    @Test
    void deniesAnActionInTheWordsOfAws() {
        create("a", r -> r.path("/irsa/"));
        faults.deny("DeleteRole");
        faults.deny("CreateRole", "with an explicit deny in a service control policy");

        assertThat(assertRefused("AccessDenied", () -> iam.deleteRole(r -> r.roleName("a")))
                        .awsErrorDetails()
                        .errorMessage())
                .isEqualTo("User: arn:aws:sts::111122223333:assumed-role/operator/x is not authorized to perform:"
                        + " iam:DeleteRole on resource: arn:aws:iam::111122223333:role/irsa/a"
                        + " because no identity-based policy allows the iam:DeleteRole action");
        assertThat(assertRefused("AccessDenied", () -> create("b"))
                        .awsErrorDetails()
                        .errorMessage())
                .endsWith("with an explicit deny in a service control policy");
    }

    @Test
    void cannotBeReached() {
        faults.unreachable();
        assertThatThrownBy(iam::listRoles)
                .isInstanceOf(SdkClientException.class)
                .hasCauseInstanceOf(UnknownHostException.class);

        faults.none();
        faults.unreachable(new ConnectException("Connection refused"));
        assertThatThrownBy(iam::listRoles).hasCauseInstanceOf(ConnectException.class);
    }

    @Test
    void answersNonsense() {
        faults.nonsense();

        assertThatThrownBy(iam::listRoles)
                .isInstanceOf(SdkClientException.class)
                .hasMessageContaining("Could not parse XML");
    }

    @Test
    void deniesWritesToAbsentRolesWhenRightsAreScoped() {
        faults.scopedRights(new ScopedRights("/irsa/live/", Map.of("irsa.dev/cluster", "live")));

        var refusal = assertRefused("AccessDenied", () -> iam.deleteRole(r -> r.roleName("gone")));

        assertThat(refusal.awsErrorDetails().errorMessage()).contains("iam:DeleteRole on resource: role gone");
        assertRefused("NoSuchEntity", () -> get("gone"));
    }

    @Test
    void allowsWritesOnlyUnderThePathAndWithTheTags() {
        var ours = tag("irsa.dev/cluster", "live");
        faults.scopedRights(new ScopedRights("/irsa/live/", Map.of("irsa.dev/cluster", "live")));

        assertRefused("AccessDenied", () -> create("a", r -> r.path("/irsa/live/")));
        assertRefused("AccessDenied", () -> create("a", r -> r.tags(ours)));
        create("a", r -> r.path("/irsa/live/").tags(ours));
        iam.updateRole(r -> r.roleName("a").description("new"));

        iam.console().edit("a", role -> role.withTag("irsa.dev/cluster", "test"));
        assertRefused("AccessDenied", () -> iam.deleteRole(r -> r.roleName("a")));

        faults.scopedRights(new ScopedRights("/irsa/live/", Map.of("irsa.dev/cluster", "*")));
        iam.deleteRole(r -> r.roleName("a"));
    }

    @Test
    void letsAnotherWriterInBeforeACallAndSeesIt() {
        create("a");
        faults.before(call -> {
            if (call.action().equals("DeleteRole")) {
                iam.console().edit("a", role -> role.withAttached(POWER));
            }
        });

        assertRefused("DeleteConflict", () -> iam.deleteRole(r -> r.roleName("a")));
    }

    @Test
    void runsHooksAroundTheEffect() {
        var seen = new ArrayList<String>();
        faults.before(
                call -> seen.add(call.number() + " before: " + iam.role("a").isPresent()));
        faults.after(call -> seen.add(call.number() + " after: " + iam.role("a").isPresent()));

        create("a");

        assertThat(seen).containsExactly("1 before: false", "1 after: true");
    }
}
