package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** With {@code --dry-run} the whole operator plans, and writes nothing but status. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DryRunIT {
    private World world;

    @BeforeAll
    void prepare(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        world = World.with(controlPlane, moto, proxy, kubectl);
    }

    @Test
    void anExistingOneShowsWhatWouldChangeAndItsDeletionIsLeftForTheNextRealRun() {
        AppliedResource resource;
        try (OperatorProcess real = world.launch().startReady()) {
            resource = AppliedResource.smallest(world, "invoices").awaitReady();
            assertThat(real.isAlive()).isTrue();
        }
        world.proxy().clear();
        RoleSnapshot before = RoleSnapshot.of(world, resource.role());
        try (OperatorProcess dry = world.launch().withArguments("--dry-run").startReady()) {
            resource.awaitReason("Suspended");
            assertThat(resource.ready("message")).contains("no changes are pending");
            resource.spec("{policies: {managed: [AmazonSQSFullAccess]}}");
            resource.await("shows the plan")
                    .until(() -> resource.pendingChanges().size() == 2);
            resource.delete();
            String version = resource.resourceVersion();
            // What it does for another meanwhile shows that it had the time to touch this one.
            AppliedResource.smallest(world, "marker").awaitReason("Suspended");

            assertThat(resource.resourceVersion()).isEqualTo(version);
            assertThat(RoleSnapshot.of(world, resource.role())).isEqualTo(before);
            assertThat(resource.roleArnAnnotation()).isNotEmpty();
            assertThat(world.proxy().calls().actionsOn(resource.role())).allMatch(SuspendIT::reads);
            assertThat(dry.isAlive()).isTrue();
        }
        try (OperatorProcess real = world.launch().startReady()) {
            resource.awaitGone();
            assertThat(world.roleExists(resource.role())).isFalse();
            assertThat(real.isAlive()).isTrue();
        }
    }
}
