package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.irsa.core.delivery.PodIdentityAvailability;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.PodUse;
import dev.irsa.fixtures.kubernetes.KnownAccounts;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.kubernetes.KubernetesCluster;
import dev.irsa.kubernetes.PodIdentityDiscovery;
import dev.irsa.kubernetes.WrittenStatusCache;
import dev.irsa.port.CallInterceptor;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** What the operator sees of EKS Pod Identity without and with the permissions of deploy/rbac-pod-identity.yaml. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PodIdentityPermissionsIT {
    private static final String AUTO_MODE = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: nodeclasses.eks.amazonaws.com}
            spec:
              group: eks.amazonaws.com
              names: {kind: NodeClass, plural: nodeclasses}
              scope: Cluster
              versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
            """;

    private final ControlPlane controlPlane = ControlPlane.start();
    private final Kubectl kubectl = new Kubectl(controlPlane.kubeconfig());
    private KubernetesClient client = controlPlane.client();

    @BeforeAll
    void grantWhatTheOperatorAlwaysNeeds() {
        kubectl.run("apply", "-f", "deploy/rbac.yaml").orThrow();
        client = controlPlane.clientOf(controlPlane.kubeconfigOfServiceAccount("irsa-operator", "irsa-operator"));
    }

    @AfterAll
    void stop() {
        client.close();
        controlPlane.close();
    }

    @Test
    @Order(1)
    void reportsMissingPermissions() {
        assertThat(unavailable())
                .contains("missing the permission get daemonsets.apps/eks-pod-identity-agent in namespace kube-system");
        assertThat(catchThrowableOfType(FailureException.class, this::pods).failure())
                .isInstanceOf(Failure.AccessDenied.class);
    }

    @Test
    @Order(2)
    void recognizesAutoModeWithoutPermissions() {
        controlPlane.client().resource(AUTO_MODE).create();
        awaitAvailable();

        controlPlane.client().resource(AUTO_MODE).delete();
        TestEnvironment.await().untilAsserted(() -> assertThat(unavailable()).contains("missing the permission"));
    }

    @Test
    @Order(3)
    void looksForTheAgentAndListsPodsWithTheManifest() {
        kubectl.run("apply", "-f", "deploy/rbac-pod-identity.yaml").orThrow();

        TestEnvironment.await().untilAsserted(() -> assertThat(unavailable()).contains("is not installed"));
        assertThat(pods()).isEqualTo(PodUse.NONE);

        PodIdentityAgent.install(kubectl);
        awaitAvailable();
    }

    private void awaitAvailable() {
        TestEnvironment.await()
                .untilAsserted(() -> assertThat(support()).isEqualTo(new PodIdentityAvailability.Available()));
    }

    private String unavailable() {
        return support() instanceof PodIdentityAvailability.Unavailable(String why) ? why : "";
    }

    private PodIdentityAvailability support() {
        return new PodIdentityDiscovery(client, CallInterceptor.NONE, "production").read();
    }

    private PodUse pods() {
        return new KubernetesCluster(client, new KnownAccounts(client), new WrittenStatusCache(), CallInterceptor.NONE)
                .pods("default", "default");
    }
}
