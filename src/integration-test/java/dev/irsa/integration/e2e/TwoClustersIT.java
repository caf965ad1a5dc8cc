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

/** Two clusters with resources of the same names, in one account. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoClustersIT {
    private static final String OTHER_ISSUER = "https://oidc.eks.eu-west-1.amazonaws.com/id/SECOND";

    private ControlPlane second;
    private World here;
    private World there;

    @BeforeAll
    void start(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        second = ControlPlane.start(ControlPlaneSettings.likeEks().withIssuer(OTHER_ISSUER));
        here = World.with(controlPlane, moto, proxy, kubectl);
        there = World.with(second, moto, proxy, new Kubectl(second.kubeconfig()));
    }

    @AfterAll
    void stop() {
        second.close();
    }

    /** The same resource in both. */
    private AppliedResource twin(AppliedResource resource) {
        there.kubectl().run("create", "namespace", resource.namespace()).orThrow();
        return new AppliedResource(there, resource.namespace(), resource.name());
    }

    private static String id(World world) {
        return world.kubectl().get("get", "namespace", "kube-system", "-o", "jsonpath={.metadata.uid}");
    }

    @Test
    void aClusterThatReplacesAnotherTakesItsRolesOverAndTheOldOneLetsGoOfThem() {
        AppliedResource old;
        RoleSnapshot before;
        try (OperatorProcess first = here.launch().startReady()) {
            old = AppliedResource.resource(
                            here,
                            "invoices",
                            "{policies: {managed: [AmazonS3ReadOnlyAccess]}, role: {tags: {team: a}}}")
                    .awaitReady();
            before = RoleSnapshot.of(here, old.role());
            assertThat(first.isAlive()).isTrue();
        }
        String arn = here.role(old.role()).arn();
        AppliedResource now = twin(old);
        try (OperatorProcess heir =
                there.launch().withArguments("--previous-cluster-id", id(here)).startReady()) {
            now.spec("{policies: {managed: [AmazonS3ReadOnlyAccess]}, role: {tags: {team: a}}}")
                    .awaitReady();

            RoleSnapshot after = RoleSnapshot.of(there, now.role());
            assertThat(after.id()).isEqualTo(before.id());
            assertThat(now.roleArnAnnotation()).isEqualTo(arn);
            assertThat(after.trust()).contains("SECOND").doesNotContain("id/ABC");
            assertThat(after.attached()).isEqualTo(before.attached());
            assertThat(after.tags())
                    .containsEntry("team", "a")
                    .containsEntry("irsa.dev/cluster-id", id(there))
                    .containsKey("irsa.dev/taken-from");
            now.await("reports the takeover")
                    .until(() -> !now.events("RoleTakenOver").isEmpty());
            assertThat(heir.isAlive()).isTrue();
        }
        RoleSnapshot taken = RoleSnapshot.of(there, now.role());
        // Still alive, and it names the other as well: nobody takes the role back.
        try (OperatorProcess living = here.sweeping()
                .withArguments("--previous-cluster-id", id(there))
                .startReady()) {
            assertThat(old.awaitReason("RoleConflict"))
                    .contains("taken over from this cluster", id(there), "--tag-keys irsa.dev/taken-from");
            assertThat(RoleSnapshot.of(here, old.role())).isEqualTo(taken);
            old.delete().awaitGone();
            assertThat(RoleSnapshot.of(here, old.role())).isEqualTo(taken);
            assertThat(living.isAlive()).isTrue();
        }
    }
}
