package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The operator never changes a role with the right name unless its tags prove ownership. */
class ForeignRoleIT extends OperatorTestBase {
    @Override
    OperatorLaunch launch() {
        return env.launch("3s", "2s");
    }

    @Test
    void refusesRoleWithoutOwnershipTags() {
        assertRefusedAndUnchanged(
                new AppliedResource(env, env.namespace(), "invoices"), TestEnvironment.PATH, Map.of(), "is missing");
    }

    private void assertRefusedAndUnchanged(
            AppliedResource resource, String path, Map<String, String> tags, String evidence) {
        RoleSnapshot before = ConsoleUser.createRole(env, resource.role(), path, tags);

        resource.spec(AppliedResource.ONE_POLICY);

        assertThat(resource.awaitReason("RoleConflict")).contains(resource.role(), evidence);
        assertThat(resource.trueConditions()).isEqualTo("Stalled");
        assertThat(resource.hasServiceAccount()).isFalse();
        resource.spec("{policies: {managed: [AmazonSQSFullAccess]}, role: {description: changed}}");
        resource.await("is rejected again")
                .until(() -> resource.ready("observedGeneration").equals("2"));
        assertThat(resource.ready("reason")).isEqualTo("RoleConflict");
        assertThat(resource.events("RoleConflict")).hasSize(1);
        assertThat(RoleSnapshot.of(env, resource.role())).isEqualTo(before);

        Stopwatch elapsed = Stopwatch.start("deletion of a resource in RoleConflict");
        resource.delete().awaitGone();
        elapsed.print("deleted");

        assertThat(RoleSnapshot.of(env, resource.role())).isEqualTo(before);
    }

    @Test
    void becomesReadyOnceForeignRoleIsRemoved() {
        AppliedResource resource = new AppliedResource(env, env.namespace(), "invoices");
        RoleSnapshot foreign = ConsoleUser.createRole(env, resource.role(), TestEnvironment.PATH, Map.of());
        resource.spec(AppliedResource.ONE_POLICY).awaitReason("RoleConflict");

        ConsoleUser.deleteRole(env, resource.role());

        resource.awaitReady();
        assertThat(RoleSnapshot.of(env, resource.role()).id()).isNotEqualTo(foreign.id());
        assertThat(resource.roleArnAnnotation())
                .isEqualTo(env.role(resource.role()).arn());
    }

    @Test
    void stopsManagingRoleWithChangedOwnershipTag() {
        String tag = "irsa.dev/cluster-id";
        AppliedResource resource = AppliedResource.smallest(env, "invoices").awaitReady();
        String ownerTag = ConsoleUser.tag(env, resource.role(), tag, "another-owner");
        RoleSnapshot before = RoleSnapshot.of(env, resource.role());

        resource.spec("{policies: {managed: [AmazonSQSFullAccess]}}");

        assertThat(resource.awaitReason("RoleConflict")).contains(tag, "another-owner");
        assertThat(RoleSnapshot.of(env, resource.role())).isEqualTo(before);

        resource.delete();
        assertThat(resource.awaitReason("DeletionBlocked")).contains(resource.role(), "ownership tags");
        assertThat(RoleSnapshot.of(env, resource.role())).isEqualTo(before);

        ConsoleUser.tag(env, resource.role(), tag, ownerTag);
        resource.awaitGone();
        assertThat(env.roleExists(resource.role())).isFalse();
    }

    @Test
    void doesNotDeleteForeignReplacementOfRole() {
        AppliedResource resource = AppliedResource.smallest(env, "invoices").awaitReady();
        ConsoleUser.deleteRole(env, resource.role());
        RoleSnapshot foreign = ConsoleUser.createRole(env, resource.role(), TestEnvironment.PATH, Map.of());

        resource.delete().awaitGone();

        assertThat(RoleSnapshot.of(env, resource.role())).isEqualTo(foreign);
        resource.await("reports the leftovers")
                .until(() -> !resource.events("RoleLeftovers").isEmpty());
        assertThat(resource.events("RoleLeftovers"))
                .singleElement()
                .asString()
                .contains(resource.role(), "the operator did not change it");
    }
}
