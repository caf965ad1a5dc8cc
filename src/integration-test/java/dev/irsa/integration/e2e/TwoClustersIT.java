package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.ControlPlaneSettings;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests two clusters with resources of the same names in one account. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoClustersIT {
    private static final String OTHER_ISSUER = "https://oidc.eks.eu-west-1.amazonaws.com/id/SECOND";

    private ControlPlane secondControlPlane;
    private TestEnvironment firstCluster;
    private TestEnvironment secondCluster;

    @BeforeAll
    void start(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        secondControlPlane = ControlPlane.start(ControlPlaneSettings.likeEks().withIssuer(OTHER_ISSUER));
        firstCluster = TestEnvironment.with(controlPlane, moto, proxy, kubectl);
        secondCluster =
                TestEnvironment.with(secondControlPlane, moto, proxy, new Kubectl(secondControlPlane.kubeconfig()));
    }

    @AfterAll
    void stop() {
        secondControlPlane.close();
    }

    /** Returns the same resource in the second cluster. */
    private AppliedResource inSecondCluster(AppliedResource resource) {
        secondCluster.kubectl().run("create", "namespace", resource.namespace()).orThrow();
        return new AppliedResource(secondCluster, resource.namespace(), resource.name());
    }

    private static String id(TestEnvironment env) {
        return env.kubectl().get("get", "namespace", "kube-system", "-o", "jsonpath={.metadata.uid}");
    }

    @Test
    void newClusterTakesOverRolesAndOldClusterReleasesThem() {
        AppliedResource old;
        RoleSnapshot before;
        try (OperatorProcess first = firstCluster.launch().startReady()) {
            old = AppliedResource.resource(
                            firstCluster,
                            "invoices",
                            "{policies: {managed: [AmazonS3ReadOnlyAccess]}, role: {tags: {team: a}}}")
                    .awaitReady();
            before = RoleSnapshot.of(firstCluster, old.role());
            assertThat(first.isAlive()).isTrue();
        }
        String arn = firstCluster.role(old.role()).arn();
        AppliedResource now = inSecondCluster(old);
        try (OperatorProcess heir = secondCluster
                .launch()
                .withArguments("--previous-cluster-id", id(firstCluster))
                .startReady()) {
            now.spec("{policies: {managed: [AmazonS3ReadOnlyAccess]}, role: {tags: {team: a}}}")
                    .awaitReady();

            RoleSnapshot after = RoleSnapshot.of(secondCluster, now.role());
            assertThat(after.id()).isEqualTo(before.id());
            assertThat(now.roleArnAnnotation()).isEqualTo(arn);
            assertThat(after.trust()).contains("SECOND").doesNotContain("id/ABC");
            assertThat(after.attached()).isEqualTo(before.attached());
            assertThat(after.tags())
                    .containsEntry("team", "a")
                    .containsEntry("irsa.dev/cluster-id", id(secondCluster))
                    .containsKey("irsa.dev/taken-from");
            now.await("reports the takeover")
                    .until(() -> !now.events("RoleTakenOver").isEmpty());
            assertThat(heir.isAlive()).isTrue();
        }
        RoleSnapshot taken = RoleSnapshot.of(secondCluster, now.role());
        // The old cluster still runs and names the new one as its predecessor. It does not take the role back.
        try (OperatorProcess living = firstCluster
                .sweeping()
                .withArguments("--previous-cluster-id", id(secondCluster))
                .startReady()) {
            assertThat(old.awaitReason("RoleConflict"))
                    .contains("taken over from this cluster", id(secondCluster), "--tag-keys irsa.dev/taken-from");
            assertThat(RoleSnapshot.of(firstCluster, old.role())).isEqualTo(taken);
            old.delete().awaitGone();
            assertThat(RoleSnapshot.of(firstCluster, old.role())).isEqualTo(taken);
            assertThat(living.isAlive()).isTrue();
        }
    }
}
