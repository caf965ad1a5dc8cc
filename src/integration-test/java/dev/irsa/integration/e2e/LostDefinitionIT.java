package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A user deletes the CRD, and with it every resource. No role is deleted unless its resource says so. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class LostDefinitionIT {
    private static final String DEFINITION = HasMetadata.getFullResourceName(IamServiceAccount.class);

    private ControlPlane controlPlane;
    private World world;
    private OwnDeployment own;

    @BeforeEach
    void prepare(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start();
        world = World.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        own = OwnDeployment.in(world);
    }

    @AfterEach
    void stop() {
        controlPlane.close();
    }

    @Test
    void rolesStayAndTheWaysOutWorkAsTheMessageSays() {
        try (OperatorProcess operator = world.sweeping()
                .withArguments("--own-deployment", own.flag(), "--remove-orphans")
                .startReady()) {
            Fleet fleet = Fleet.apply(world, world.namespace(), AppliedResource.ONE_POLICY, List.of("kept", "removed"));
            Subject kept = fleet.subject("kept");
            Subject removed = fleet.subject("removed");
            String id = world.role(kept.roleName()).roleId();
            deleteDefinition();

            fleet.subjects().forEach(this::assertHeld);
            Metrics.awaitSweeps(operator, 3);
            fleet.subjects().forEach(this::assertHeld);
            own.awaitEvent("DefinitionMissing", "is being deleted", "are kept");

            removed.kubectl(
                    "patch", "iamsa", "removed", "--type=merge", "--patch={\"spec\":{\"deletionPolicy\":\"Delete\"}}");
            removed.awaitGone();
            assertThat(removed.roleExists()).isFalse();

            kept.kubectl("patch", "iamsa", "kept", "--type=merge", "--patch={\"metadata\":{\"finalizers\":null}}");
            World.await().until(() -> !definitionExists());
            Metrics.awaitSweeps(operator, 4);
            assertThat(kept.roleExists()).isTrue();
            assertThat(operator.isAlive()).isTrue();
            own.awaitEvent("DefinitionMissing", "is missing", "the roles of this cluster (1)");
            assertThat(operator.status("/livez")).isEqualTo(200);

            world.kubectl().run("apply", "--server-side", "-f", "crds/").orThrow();
            world.kubectl()
                    .run("wait", "--for=condition=Established", "crd/" + DEFINITION, "--timeout=30s")
                    .orThrow();
            Stopwatch recovery = Stopwatch.start("outage: the definition is deleted and put back");
            kept.apply(AppliedResource.ONE_POLICY).awaitReady();
            recovery.print("recovered");
            assertThat(world.role(kept.roleName()).roleId()).isEqualTo(id);
            assertThat(kept.field("iamsa/kept", "{.status.role.id}")).isEqualTo(id);
            World.await().until(() -> kept.roleArn().equals(kept.annotation(Subject.ROLE_ARN)));
            Metrics.awaitSweeps(operator, 2);
            own.assertNoEvent("OrphansRemoved");
            kept.delete();
            assertThat(kept.roleExists()).isFalse();
            Log.assertNoStackTrace(operator.log());
        }
    }

    private void assertHeld(Subject subject) {
        assertThat(subject.awaitReason("DeletionBlocked"))
                .contains(
                        "CustomResourceDefinition is being deleted",
                        subject.roleName(),
                        "then the finalizer " + IamServiceAccount.FINALIZER,
                        "set spec.deletionPolicy to Delete");
        assertThat(subject.roleExists()).isTrue();
        assertThat(subject.annotation(Subject.ROLE_ARN)).isEqualTo(subject.roleArn());
    }

    private void deleteDefinition() {
        world.kubectl().run("delete", "crd", DEFINITION, "--wait=false").orThrow();
    }

    private boolean definitionExists() {
        return world.kubectl().run("get", "crd", DEFINITION).exitCode() == 0;
    }
}
