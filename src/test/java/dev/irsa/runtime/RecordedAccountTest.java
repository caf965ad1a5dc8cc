package dev.irsa.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.fixtures.iam.InMemoryIam;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A resource is bound to the account in which its role may be, even before its status names the role. */
class RecordedAccountTest extends OtherAccountTestBase {
    private static final String REPLACEMENT = "777788889999";

    @Test
    void isRecordedWithTheFinalizerForOtherAccountsOnly() {
        apply(ACCOUNT, ENTITLEMENT, RESOURCE, RESOURCE.replace("reports", "own").replace("account: analytics, ", ""));
        awaitReason("Ready");
        await().until(() -> ready("own").equals("Ready"));

        assertThat(environment.resource("payments", "reports").recordedAccount())
                .contains(ID);
        assertThat(environment.resource("payments", "own").recordedAccount()).isEmpty();
    }

    @Test
    void keepsTheResourceOfARoleWhoseCreationGotNoResponse() {
        other().faults().loseAnswerOfNth("CreateRole", 1);
        other().faults().after(call -> {
            if (call.action().equals("CreateRole")) {
                other().faults().unreachable();
            }
        });
        apply(ACCOUNT, ENTITLEMENT, RESOURCE);
        await().until(() -> other().role(ROLE).isPresent());
        replaceAccount(REPLACEMENT);

        awaitReason("RoleConflict");
        assertThat(message()).contains("irsa.dev/account-id", "account " + ID);
        resource().delete();
        awaitReason("DeletionBlocked");
        assertThat(replacement().roles()).isEmpty();
        assertThat(other().role(ROLE)).isPresent();

        other().faults().none();
        replaceAccount(ID);
        await().until(() -> resource().get() == null);
        assertThat(other().roles()).isEmpty();
    }

    @Test
    void isForgottenIfAUserSaysThatNoRoleIsThere() {
        other().faults().deny("CreateRole");
        apply(ACCOUNT, ENTITLEMENT, RESOURCE);
        awaitReason("AccessDenied");
        replaceAccount(REPLACEMENT);
        awaitReason("RoleConflict");

        annotate(Map.of());

        awaitReason("Ready");
        assertThat(replacement().role(ROLE)).isPresent();
        assertThat(environment.resource("payments", "reports").recordedAccount())
                .contains(REPLACEMENT);
    }

    @Test
    void doesNotMatterOnceTheStatusNamesTheRole() {
        apply(ACCOUNT, ENTITLEMENT, RESOURCE);
        awaitReason("Ready");

        annotate(Map.of("irsa.dev/account-id", REPLACEMENT));
        resource().delete();

        await().until(() -> resource().get() == null);
        assertThat(other().roles()).isEmpty();
    }

    private void annotate(Map<String, String> annotations) {
        environment
                .user()
                .resources(IamServiceAccount.class)
                .inNamespace("payments")
                .withName("reports")
                .edit(resource -> {
                    resource.getMetadata().setAnnotations(annotations);
                    return resource;
                });
    }

    private void replaceAccount(String id) {
        environment.user().resource(ACCOUNT).delete();
        apply(ACCOUNT.replace(ID, id));
    }

    private InMemoryIam replacement() {
        return environment.accounts().iam(REPLACEMENT);
    }
}
