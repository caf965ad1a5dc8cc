package dev.irsa.kubernetes;

import dev.irsa.core.observed.PodUse;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Lists the pods of a ServiceAccount.
 *
 * <p>Source of the labels: "EKS Pod Identity" and "AWS Fargate profile" of the Amazon EKS user guide.
 */
final class PodLists {
    private static final String POD_IDENTITY = "eks.amazonaws.com/pod-identity";
    private static final String FARGATE_PROFILE = "eks.amazonaws.com/fargate-profile";

    private final KubernetesClient client;

    PodLists(KubernetesClient client) {
        this.client = client;
    }

    PodUse use(String namespace, String serviceAccount) {
        List<Map<String, String>> labels = client
                .pods()
                .inNamespace(namespace)
                .withField("spec.serviceAccountName", serviceAccount)
                .list()
                .getItems()
                .stream()
                .map(PodLists::labels)
                .toList();
        int injected = Math.toIntExact(labels.stream()
                .filter(pod -> "enabled".equals(pod.get(POD_IDENTITY)))
                .count());
        return new PodUse(
                labels.size() - injected, injected, labels.stream().anyMatch(pod -> pod.containsKey(FARGATE_PROFILE)));
    }

    private static Map<String, String> labels(Pod pod) {
        return Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.of());
    }
}
