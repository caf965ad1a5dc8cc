package dev.irsa.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.fixtures.iam.InMemoryIam;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A resource is bound to the role that it may have, even before its status names it. */
class RecordedRoleTest extends OtherAccountTestBase {
    private static final String REPLACEMENT = "777788889999";

    @Test
    void isRecordedWithTheFinalizerForOtherAccountsOnly() {
        apply(ACCOUNT, ENTITLEMENT, RESOURCE, RESOURCE.replace("reports", "own").replace("account: analytics, ", ""));
        awaitReason("Ready");
        await().until(() -> ready("own").equals("Ready"));

        assertThat(environment.resource("payments", "reports").recordedRole())
                .contains("arn:aws:iam::" + ID + ":role/irsa/laptop/" + ROLE);
        assertThat(environment.resource("payments", "own").recordedRole()).isEmpty();
    }

    @Test
    void keepsTheResourceOfARoleWhoseCreationGotNoResponse() {
        createRoleWithoutResponse();
        replaceAccount(REPLACEMENT);

        awaitReason("RoleConflict");
        assertThat(message()).contains("irsa.dev/role-arn", "arn:aws:iam::" + ID);
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
    void isTheRoleThatAvailableIsAbout() {
        createRoleWithoutResponse();
        replaceAccount(REPLACEMENT);
        awaitReason("RoleConflict");
        String arn = "arn:aws:iam::" + ID + ":role/irsa/laptop/" + ROLE;
        awaitAvailable("NotDelivered", "ServiceAccount reports does not exist");

        apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {namespace: payments, name: reports, annotations: {eks.amazonaws.com/role-arn: '%s'}}
                """.formatted(arn));

        awaitAvailable(
                "NotChecked",
                "the operator does not know whether the trust policy of role " + ROLE
                        + " admits ServiceAccount reports");
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
        assertThat(environment.resource("payments", "reports").recordedRole())
                .contains("arn:aws:iam::" + REPLACEMENT + ":role/irsa/laptop/" + ROLE);
    }

    /** A role of others is not the one that the operator would create. */
    @Test
    void isNotRecordedForARoleOfOthers() {
        String arn = "arn:aws:iam::" + ID + ":role/mine";
        apply(ACCOUNT, ENTITLEMENT.replace("allow: {", "allow: {externalRoleARNs: ['" + arn + "'], "), RESOURCE);
        awaitReason("Ready");
        String trust = other().role(ROLE).orElseThrow().trust();
        resource().delete();
        await().until(() -> resource().get() == null);
        other().console().create("mine", "/", trust);

        apply(RESOURCE.replace("policies: {managed: [AmazonS3ReadOnlyAccess]}", "externalRole: {arn: '" + arn + "'}"));
        awaitReason("Ready");

        assertThat(environment.resource("payments", "reports").getFinalizers()).isNotEmpty();
        assertThat(environment.resource("payments", "reports").recordedRole()).isEmpty();
    }

    @Test
    void doesNotMatterOnceTheStatusNamesTheRole() {
        apply(ACCOUNT, ENTITLEMENT, RESOURCE);
        awaitReason("Ready");

        annotate(Map.of("irsa.dev/role-arn", REPLACEMENT));
        resource().delete();

        await().until(() -> resource().get() == null);
        assertThat(other().roles()).isEmpty();
    }

    @Test
    void keepsTheResourceOfARoleThatMayBeAtAnotherPath() {
        createRoleWithoutResponse();
        other().faults().none();
        environment.user().resource(ACCOUNT).delete();
        apply(ACCOUNT.replace("spec: {", "spec: {rolePath: /elsewhere/, "));

        resource().delete();
        awaitReason("DeletionBlocked");
        assertThat(other().role(ROLE)).isPresent();

        environment.user().resource(ACCOUNT).delete();
        apply(ACCOUNT);
        await().until(() -> resource().get() == null);
        assertThat(other().roles()).isEmpty();
    }

    /** The account is unreachable afterwards. */
    private void createRoleWithoutResponse() {
        other().faults().loseAnswerOfNth("CreateRole", 1);
        other().faults().after(call -> {
            if (call.action().equals("CreateRole")) {
                other().faults().unreachable();
            }
        });
        apply(ACCOUNT, ENTITLEMENT, RESOURCE);
        await().until(() -> other().role(ROLE).isPresent());
    }

    private void awaitAvailable(String reason, String message) {
        await().untilAsserted(() -> assertThat(
                        environment.resource("payments", "reports").available())
                .hasValueSatisfying(available -> {
                    assertThat(available.reason()).isEqualTo(reason);
                    assertThat(available.message()).isEqualTo(message);
                }));
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
