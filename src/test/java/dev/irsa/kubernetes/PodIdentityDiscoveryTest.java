package dev.irsa.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.irsa.core.delivery.PodIdentityAvailability;
import dev.irsa.core.delivery.PodIdentityAvailability.Unavailable;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.fixtures.apiserver.ApiFault;
import dev.irsa.fixtures.apiserver.MockApiServer;
import dev.irsa.port.CallInterceptor;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PodIdentityDiscoveryTest {
    private static final PodIdentityAvailability AVAILABLE = new PodIdentityAvailability.Available();
    private static final Unavailable NOT_INSTALLED = new Unavailable(
            "the EKS Pod Identity Agent is not installed: there is no DaemonSet kube-system/eks-pod-identity-agent, and the"
                    + " cluster does not use EKS Auto Mode; run: aws eks create-addon --cluster-name production"
                    + " --addon-name eks-pod-identity-agent; or set --pod-identity-agent=assume if the nodes run the agent"
                    + " in another way");
    private static final Unavailable NOT_PERMITTED = new Unavailable(
            "the operator's ServiceAccount is missing the permission get daemonsets.apps/eks-pod-identity-agent in"
                    + " namespace kube-system, so the operator cannot look for the EKS Pod Identity Agent; set"
                    + " podIdentity.enabled=true in the chart, or run: kubectl apply -f deploy/rbac-pod-identity.yaml; or"
                    + " set --pod-identity-agent=assume");

    private final MockApiServer server = MockApiServer.start();
    private final PodIdentityDiscovery reader =
            new PodIdentityDiscovery(server.client(), CallInterceptor.NONE, "production");

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void findsAgentOfAddOnWithOneRequest() {
        createAgent();
        server.requests().clear();

        assertThat(reader.read()).isEqualTo(AVAILABLE);
        assertThat(server.requests().all()).isEqualTo(Map.of("get daemonsets", 1));
    }

    @Test
    void recognizesAutoMode() {
        define("NodeClass", "nodeclasses", "v1");

        assertThat(reader.read()).isEqualTo(AVAILABLE);
    }

    /** The add-on for monitoring nodes installs a kind of this group on any cluster. */
    @Test
    void otherKindsOfEksAreNotAutoMode() {
        define("NodeDiagnostic", "nodediagnostics", "v1");

        assertThat(reader.read()).isEqualTo(NOT_INSTALLED);
    }

    @Test
    void namesCommandThatInstallsAgent() {
        assertThat(reader.read()).isEqualTo(NOT_INSTALLED);
    }

    @Test
    void findsAgentThatIsInstalledLater() {
        assertThat(reader.read()).isEqualTo(NOT_INSTALLED);

        createAgent();

        assertThat(reader.read()).isEqualTo(AVAILABLE);
    }

    @Test
    void namesMissingPermission() {
        refuse("daemonsets", 403, "Forbidden");

        assertThat(reader.read()).isEqualTo(NOT_PERMITTED);
    }

    @Test
    void recognizesAutoModeWithoutPermission() {
        define("NodeClass", "nodeclasses", "v1");
        refuse("daemonsets", 403, "Forbidden");

        assertThat(reader.read()).isEqualTo(AVAILABLE);
    }

    @Test
    void needsNoPermissionForDiscovery() {
        refuse("eks.amazonaws.com", 403, "Forbidden");

        assertThat(reader.read()).isEqualTo(NOT_INSTALLED);
    }

    @Test
    void reportsUnavailableApiServer() {
        server.client().getConfiguration().setRequestRetryBackoffLimit(0);
        refuse("daemonsets", 503, "ServiceUnavailable");
        assertThat(failure()).isEqualTo(unavailable());

        refuse("eks.amazonaws.com", 503, "ServiceUnavailable");
        assertThat(failure()).isEqualTo(unavailable());
    }

    private static Failure unavailable() {
        return new Failure.Passing(
                Reason.KubernetesUnavailable, "the API server returned no usable response to get daemonsets: refused");
    }

    private Failure failure() {
        return catchThrowableOfType(FailureException.class, reader::read).failure();
    }

    private void refuse(String path, int code, String reason) {
        server.intercept(
                request -> request.path().contains(path) ? ApiFault.refused(code, reason, "refused") : ApiFault.none());
    }

    private void createAgent() {
        server.client().resource("""
                        apiVersion: apps/v1
                        kind: DaemonSet
                        metadata: {namespace: kube-system, name: eks-pod-identity-agent}
                        """).create();
    }

    private void define(String kind, String plural, String version) {
        server.client().resource("""
                        apiVersion: apiextensions.k8s.io/v1
                        kind: CustomResourceDefinition
                        metadata: {name: %2$s.eks.amazonaws.com}
                        spec:
                          group: eks.amazonaws.com
                          names: {kind: %1$s, plural: %2$s}
                          scope: Cluster
                          versions: [{name: %3$s, served: true, storage: true}]
                        """.formatted(kind, plural, version)).create();
    }
}
