package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A role of the wanted name that is not provably the resource's is never touched. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignRoleIT {
    private static final String PATH = "/irsa/" + World.CLUSTER + "/";

    private World world;
    private OperatorProcess operator;

    @BeforeAll
    void start(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        world = World.with(controlPlane, moto, proxy, kubectl);
        operator = OperatorLaunch.of(World.CLUSTER, controlPlane.kubeconfig(), proxy.uri())
                .withArguments("--consistency-window", "3s", "--slowest-retry", "2s", "--log-format", "text")
                .startReady();
    }

    @AfterAll
    void stop() {
        operator.close();
    }

    @Test
    void aRoleWithoutTagsIsRefusedAndLeftAlone() {
        refusedLeftAloneAndLetGo(
                new AppliedResource(world, world.namespace(), "invoices"), PATH, Map.of(), "is missing");
    }

    private void refusedLeftAloneAndLetGo(
            AppliedResource resource, String path, Map<String, String> tags, String evidence) {
        RoleSnapshot before = ConsoleUser.makeRole(world, resource.role(), path, tags);

        resource.spec(AppliedResource.ONE_POLICY);

        assertThat(resource.awaitReason("RoleConflict")).contains(resource.role(), evidence);
        assertThat(resource.trueConditions()).isEqualTo("Stalled");
        assertThat(resource.hasServiceAccount()).isFalse();
        resource.spec("{policies: {managed: [AmazonSQSFullAccess]}, role: {description: changed}}");
        resource.await("is refused again")
                .until(() -> resource.ready("observedGeneration").equals("2"));
        assertThat(resource.ready("reason")).isEqualTo("RoleConflict");
        assertThat(resource.events("RoleConflict")).hasSize(1);
        assertThat(RoleSnapshot.of(world, resource.role())).isEqualTo(before);

        resource.delete().awaitGone();

        assertThat(RoleSnapshot.of(world, resource.role())).isEqualTo(before);
    }

    @Test
    void theResourceBecomesReadyByItselfWhenTheForeignRoleIsRemoved() {
        AppliedResource resource = new AppliedResource(world, world.namespace(), "invoices");
        RoleSnapshot foreign = ConsoleUser.makeRole(world, resource.role(), PATH, Map.of());
        resource.spec(AppliedResource.ONE_POLICY).awaitReason("RoleConflict");

        ConsoleUser.removeRole(world, resource.role());

        resource.awaitReady();
        assertThat(RoleSnapshot.of(world, resource.role()).id()).isNotEqualTo(foreign.id());
        assertThat(resource.roleArnAnnotation())
                .isEqualTo(world.role(resource.role()).arn());
    }

    @Test
    void aRoleWhoseOwnershipTagIsChangedByHandIsNotTouchedAnyMore() {
        String tag = "irsa.dev/cluster-id";
        AppliedResource resource = AppliedResource.smallest(world, "invoices").awaitReady();
        String right = ConsoleUser.tag(world, resource.role(), tag, "another-owner");
        RoleSnapshot before = RoleSnapshot.of(world, resource.role());

        resource.spec("{policies: {managed: [AmazonSQSFullAccess]}}");

        assertThat(resource.awaitReason("RoleConflict")).contains(tag, "another-owner");
        assertThat(RoleSnapshot.of(world, resource.role())).isEqualTo(before);

        resource.delete();
        assertThat(resource.awaitReason("DeletionBlocked")).contains(resource.role(), "ownership tags");
        assertThat(RoleSnapshot.of(world, resource.role())).isEqualTo(before);

        ConsoleUser.tag(world, resource.role(), tag, right);
        resource.awaitGone();
        assertThat(world.roleExists(resource.role())).isFalse();
    }

    @Test
    void aRoleThatSomebodyMadeInPlaceOfOursIsLeftAloneOnDeletion() {
        AppliedResource resource = AppliedResource.smallest(world, "invoices").awaitReady();
        ConsoleUser.removeRole(world, resource.role());
        RoleSnapshot foreign = ConsoleUser.makeRole(world, resource.role(), PATH, Map.of());

        resource.delete().awaitGone();

        assertThat(RoleSnapshot.of(world, resource.role())).isEqualTo(foreign);
        resource.await("reports the leftovers")
                .until(() -> !resource.events("RoleLeftovers").isEmpty());
        assertThat(resource.events("RoleLeftovers"))
                .singleElement()
                .asString()
                .contains(resource.role(), "the operator did not change it");
    }
}
