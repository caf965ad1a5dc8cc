package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
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

/**
 * A user deletes the CRD, and with it every resource. The operator keeps each role unless its resource has the deletion
 * policy Delete set explicitly.
 */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class DeletedCrdIT {
    private static final String CRD = HasMetadata.getFullResourceName(IamServiceAccount.class);

    private ControlPlane controlPlane;
    private TestEnvironment env;
    private OperatorDeployment own;

    @BeforeEach
    void prepare(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start();
        env = TestEnvironment.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        own = OperatorDeployment.in(env);
    }

    @AfterEach
    void stop() {
        controlPlane.close();
    }

    @Test
    void keepsRolesAndReportsRecoverySteps() {
        try (OperatorProcess operator = env.sweeping()
                .withArguments("--own-deployment", own.flag(), "--remove-orphans")
                .startReady()) {
            ResourceGroup group =
                    ResourceGroup.apply(env, env.namespace(), AppliedResource.ONE_POLICY, List.of("kept", "removed"));
            Subject kept = group.subject("kept");
            Subject removed = group.subject("removed");
            String id = env.role(kept.roleName()).roleId();
            deleteCrd();

            group.subjects().forEach(this::assertDeletionBlocked);
            Metrics.awaitSweeps(operator, 3);
            group.subjects().forEach(this::assertDeletionBlocked);
            own.awaitEvent("DefinitionMissing", "is being deleted", "are kept");

            removed.kubectl(
                    "patch", "iamsa", "removed", "--type=merge", "--patch={\"spec\":{\"deletionPolicy\":\"Delete\"}}");
            removed.awaitGone();
            assertThat(removed.roleExists()).isFalse();

            kept.kubectl("patch", "iamsa", "kept", "--type=merge", "--patch={\"metadata\":{\"finalizers\":null}}");
            TestEnvironment.await().until(() -> !crdExists());
            Metrics.awaitSweeps(operator, 4);
            assertThat(kept.roleExists()).isTrue();
            assertThat(operator.isAlive()).isTrue();
            own.awaitEvent("DefinitionMissing", "is missing", "the roles of this cluster (1)");
            assertThat(operator.status("/livez")).isEqualTo(200);

            env.kubectl().run("apply", "--server-side", "-f", "crds/").orThrow();
            env.kubectl()
                    .run("wait", "--for=condition=Established", "crd/" + CRD, "--timeout=30s")
                    .orThrow();
            Stopwatch recovery = Stopwatch.start("outage: the CRD is deleted and restored");
            kept.apply(AppliedResource.ONE_POLICY).awaitReady();
            recovery.print("recovered");
            assertThat(env.role(kept.roleName()).roleId()).isEqualTo(id);
            assertThat(kept.field("iamsa/kept", "{.status.role.id}")).isEqualTo(id);
            TestEnvironment.await().until(() -> kept.roleArn().equals(kept.annotation(Subject.ROLE_ARN)));
            Metrics.awaitSweeps(operator, 2);
            own.assertNoEvent("OrphansRemoved");
            kept.delete();
            assertThat(kept.roleExists()).isFalse();
            OperatorLog.assertNoStackTrace(operator.log());
        }
    }

    private void assertDeletionBlocked(Subject subject) {
        assertThat(subject.awaitReason("DeletionBlocked"))
                .contains(
                        "CustomResourceDefinition is being deleted",
                        subject.roleName(),
                        "then the finalizer " + IamServiceAccount.FINALIZER,
                        "set spec.deletionPolicy to Delete");
        assertThat(subject.roleExists()).isTrue();
        assertThat(subject.annotation(Subject.ROLE_ARN)).isEqualTo(subject.roleArn());
    }

    private void deleteCrd() {
        env.kubectl().run("delete", "crd", CRD, "--wait=false").orThrow();
    }

    private boolean crdExists() {
        return env.kubectl().run("get", "crd", CRD).exitCode() == 0;
    }
}
