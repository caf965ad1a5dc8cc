package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import dev.irsa.kubernetes.ClusterRequirements;
import dev.irsa.port.LeaseName;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whichever right is taken out of the manifests of deploy/: the operator says which one it lacks. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StartRightsIT {
    private static final String CLUSTER_ID = "get namespaces/kube-system";
    private static final String DEFINITION =
            "get customresourcedefinitions.apiextensions.k8s.io/iamserviceaccounts.irsa.dev";
    private static final String DEPLOYMENT = "get deployments.apps/irsa-operator in namespace irsa-operator";

    private static final LeaseName LEASE = new LeaseName("irsa-operator", "irsa-operator");

    /** What is not asked for before the operator needs it: then it is named. */
    private static final Set<String> NAMED_LATER = Set.of(
            CLUSTER_ID,
            DEFINITION,
            DEPLOYMENT,
            "create events.events.k8s.io in namespace irsa-operator",
            "patch events.events.k8s.io in namespace irsa-operator");

    private ControlPlane controlPlane;
    private World world;
    private OperatorLaunch launch;

    @BeforeAll
    void prepare(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start();
        world = World.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        world.kubectl().run("create", "namespace", "payments").orThrow();
        List.of("rbac.yaml", "deployment.yaml")
                .forEach(file ->
                        world.kubectl().run("apply", "-f", "deploy/" + file).orThrow());
        launch = world.sweeping()
                .withKubeconfig(controlPlane.kubeconfigOfServiceAccount("irsa-operator", "irsa-operator"))
                .withArguments("--own-deployment", "irsa-operator/irsa-operator");
    }

    @AfterAll
    void stop() {
        controlPlane.close();
    }

    @ParameterizedTest
    @CsvSource({"deploy/rbac.yaml,", "deploy/rbac-namespaces.yaml, payments"})
    void eachIsNamedAtTheStartWhenItAloneLacks(String file, String namespace) {
        Set<String> namespaces = namespace == null ? Set.of() : Set.of(namespace);
        RbacManifest manifest = RbacManifest.read(file);
        onlyThis(manifest);
        try (KubernetesClient client =
                controlPlane.clientOf(controlPlane.kubeconfigOfServiceAccount("irsa-operator", "irsa-operator"))) {
            ClusterRequirements checks = new ClusterRequirements(client);
            for (Grant grant : manifest.grants()) {
                if (!NAMED_LATER.contains(grant.toString())) {
                    give(manifest, other -> !other.equals(grant));
                    // Roles are watched by the API server too, and take a moment.
                    World.await()
                            .untilAsserted(() -> assertThat(checks.problems(namespaces, Optional.of(LEASE)))
                                    .containsExactly("the operator's ServiceAccount is missing permissions: " + grant
                                            + "; run: kubectl apply -f " + file));
                }
            }
            give(manifest, any -> true);
            World.await()
                    .untilAsserted(() -> assertThat(checks.problems(namespaces, Optional.of(LEASE)))
                            .isEmpty());
        }
    }

    @Test
    void withoutTheNamespaceThatIdentifiesTheClusterItDoesNotStart() {
        RbacManifest manifest = RbacManifest.read("deploy/rbac.yaml");
        onlyThis(manifest);
        give(manifest, without(List.of(CLUSTER_ID)));

        var refused = Refused.startOf(launch);

        refused.with(1);
        assertThat(refused.words()).contains("kube-system", "cannot be read", "kubectl apply -f deploy/rbac.yaml");
    }

    @Test
    void withoutItsDefinitionAndItsDeploymentItWorksAndSaysWhatLacks() {
        RbacManifest manifest = RbacManifest.read("deploy/rbac.yaml");
        onlyThis(manifest);
        give(manifest, without(List.of(DEFINITION, DEPLOYMENT)));
        try (OperatorProcess operator = launch.startReady()) {
            AppliedResource.smallest(world, "invoices").awaitReady().delete().awaitGone();

            World.await()
                    .untilAsserted(() -> assertThat(operator.log())
                            .contains(
                                    "DefinitionUnreadable: ",
                                    "kubectl apply -f deploy/rbac.yaml",
                                    "cannot write an event on Deployment irsa-operator/irsa-operator"));
        }
    }

    /** No rights but these, though the other manifest was applied before. */
    private void onlyThis(RbacManifest manifest) {
        world.kubectl()
                .run(
                        "delete",
                        "clusterrole,clusterrolebinding",
                        "irsa-operator",
                        "irsa-operator-limits",
                        "--ignore-not-found")
                .orThrow();
        world.kubectl().run("apply", "-f", manifest.file()).orThrow();
    }

    private void give(RbacManifest manifest, Predicate<Grant> wanted) {
        manifest.rolesWith(wanted)
                .forEach(role -> controlPlane.client().resource(role).createOr(NonDeletingOperation::update));
    }

    private static Predicate<Grant> without(Collection<String> grants) {
        return grant -> !grants.contains(grant.toString());
    }
}
