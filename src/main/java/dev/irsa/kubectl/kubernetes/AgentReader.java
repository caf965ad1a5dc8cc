package dev.irsa.kubectl.kubernetes;

import static dev.irsa.kubectl.kubernetes.ApiServerReads.read;

import dev.irsa.core.observed.PodIdentityAgent;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Objects;

/**
 * Finds the EKS Pod Identity Agent. Nodes of EKS Auto Mode have it built in, without a DaemonSet.
 *
 * <p>Sources: "Set up the Amazon EKS Pod Identity Agent" and "Create a Node Class for Amazon EKS" of the Amazon EKS user
 * guide.
 */
record AgentReader(KubernetesClient client) {
    boolean isInstalled() {
        return read(
                "get daemonsets.apps/" + PodIdentityAgent.NAME + " in namespace " + PodIdentityAgent.NAMESPACE,
                () -> client.apps()
                                        .daemonSets()
                                        .inNamespace(PodIdentityAgent.NAMESPACE)
                                        .withName(PodIdentityAgent.NAME)
                                        .get()
                                != null
                        || usesAutoMode());
    }

    private boolean usesAutoMode() {
        APIResourceList served = client.getApiResources("eks.amazonaws.com/v1");
        return served != null
                && served.getResources().stream().anyMatch(resource -> "NodeClass".equals(resource.getKind()));
    }

    boolean isReadyOn(String node) {
        boolean ready = read(
                "list pods in namespace " + PodIdentityAgent.NAMESPACE,
                () -> client
                        .pods()
                        .inNamespace(PodIdentityAgent.NAMESPACE)
                        .withLabel("app.kubernetes.io/name", PodIdentityAgent.NAME)
                        .withField("spec.nodeName", node)
                        .list()
                        .getItems()
                        .stream()
                        .anyMatch(AgentReader::isReady));
        return ready || isAutoMode(node);
    }

    private static boolean isReady(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private boolean isAutoMode(String name) {
        return read("get nodes", () -> {
            Node node = client.nodes().withName(name).get();
            Map<String, String> labels = node == null
                    ? Map.of()
                    : Objects.requireNonNullElse(node.getMetadata().getLabels(), Map.of());
            return "auto".equals(labels.get("eks.amazonaws.com/compute-type"));
        });
    }
}
