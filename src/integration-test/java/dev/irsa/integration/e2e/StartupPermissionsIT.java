package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import dev.irsa.kubernetes.KubernetesRequirements;
import dev.irsa.port.NamespacedName;
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

/** Removes each permission of the manifests of deploy/. The operator reports which one is missing. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StartupPermissionsIT {
    private static final String CLUSTER_ID = "get namespaces/kube-system";
    private static final String DEFINITION =
            "get customresourcedefinitions.apiextensions.k8s.io/iamserviceaccounts.irsa.dev";
    private static final String DEPLOYMENT = "get deployments.apps/irsa-operator in namespace irsa-operator";

    private static final NamespacedName LEASE = new NamespacedName("irsa-operator", "irsa-operator");

    private static final String INFO = "patch configmaps/irsa-operator-info in namespace irsa-operator";

    /** Permissions that the operator does not check at its start. It reports them when it needs them. */
    private static final Set<String> REPORTED_LATER = Set.of(
            CLUSTER_ID,
            DEFINITION,
            DEPLOYMENT,
            INFO,
            "create events.events.k8s.io in namespace irsa-operator",
            "patch events.events.k8s.io in namespace irsa-operator");

    private ControlPlane controlPlane;
    private TestEnvironment env;
    private OperatorLaunch launch;

    @BeforeAll
    void prepare(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start();
        env = TestEnvironment.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        env.kubectl().run("create", "namespace", "payments").orThrow();
        List.of("rbac.yaml", "deployment.yaml")
                .forEach(file ->
                        env.kubectl().run("apply", "-f", "deploy/" + file).orThrow());
        launch = env.sweeping()
                .withKubeconfig(controlPlane.kubeconfigOfServiceAccount("irsa-operator", "irsa-operator"))
                .withArguments("--own-deployment", "irsa-operator/irsa-operator");
    }

    @AfterAll
    void stop() {
        controlPlane.close();
    }

    @ParameterizedTest
    @CsvSource({"deploy/rbac.yaml,", "deploy/rbac-namespaces.yaml, payments"})
    void reportsEachMissingPermissionAtStart(String file, String namespace) {
        Set<String> namespaces = namespace == null ? Set.of() : Set.of(namespace);
        RbacManifest manifest = RbacManifest.read(file);
        applyOnly(manifest);
        try (KubernetesClient client =
                controlPlane.clientOf(controlPlane.kubeconfigOfServiceAccount("irsa-operator", "irsa-operator"))) {
            KubernetesRequirements checks = new KubernetesRequirements(client);
            for (Grant grant : manifest.grants()) {
                if (!REPORTED_LATER.contains(grant.toString())) {
                    grant(manifest, other -> !other.equals(grant));
                    // The API server watches roles, so a change takes a moment.
                    TestEnvironment.await()
                            .untilAsserted(() -> assertThat(checks.problems(namespaces, Optional.of(LEASE)))
                                    .containsExactly("the operator's ServiceAccount is missing permissions: " + grant
                                            + "; run: kubectl apply -f " + file));
                }
            }
            grant(manifest, any -> true);
            TestEnvironment.await()
                    .untilAsserted(() -> assertThat(checks.problems(namespaces, Optional.of(LEASE)))
                            .isEmpty());
        }
    }

    @Test
    void refusesToStartWithoutAccessToKubeSystem() {
        RbacManifest manifest = RbacManifest.read("deploy/rbac.yaml");
        applyOnly(manifest);
        grant(manifest, without(List.of(CLUSTER_ID)));

        var refused = ExitResult.startOf(launch);

        refused.assertExitCode(1);
        assertThat(refused.output()).contains("kube-system", "cannot be read", "kubectl apply -f deploy/rbac.yaml");
    }

    @Test
    void worksWithoutAccessToCrdDeploymentAndInfoAndReportsIt() {
        RbacManifest manifest = RbacManifest.read("deploy/rbac.yaml");
        applyOnly(manifest);
        grant(manifest, without(List.of(DEFINITION, DEPLOYMENT, INFO)));
        try (OperatorProcess operator = launch.startReady()) {
            AppliedResource.smallest(env, "invoices").awaitReady().delete().awaitGone();

            TestEnvironment.await()
                    .untilAsserted(() -> assertThat(operator.log())
                            .contains(
                                    "DefinitionUnreadable: ",
                                    "kubectl apply -f deploy/rbac.yaml",
                                    "cannot write ConfigMap irsa-operator/irsa-operator-info",
                                    "cannot write an event on Deployment irsa-operator/irsa-operator"));
        }
    }

    /** Grants only the permissions of this manifest, even if the other one was applied before. */
    private void applyOnly(RbacManifest manifest) {
        env.kubectl()
                .run(
                        "delete",
                        "clusterrole,clusterrolebinding",
                        "irsa-operator",
                        "irsa-operator-limits",
                        "--ignore-not-found")
                .orThrow();
        env.kubectl().run("apply", "-f", manifest.file()).orThrow();
    }

    private void grant(RbacManifest manifest, Predicate<Grant> wanted) {
        manifest.rolesWith(wanted)
                .forEach(role -> controlPlane.client().resource(role).createOr(NonDeletingOperation::update));
    }

    private static Predicate<Grant> without(Collection<String> grants) {
        return grant -> !grants.contains(grant.toString());
    }
}
