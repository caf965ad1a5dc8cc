package dev.irsa.kubernetes;

import dev.irsa.core.observed.ObservedPod;
import dev.irsa.core.observed.PodIdentityWebhook;
import dev.irsa.core.observed.PodUse;
import io.fabric8.kubernetes.api.model.PartialObjectMetadata;
import io.fabric8.kubernetes.api.model.PartialObjectMetadataList;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Counts the pods of a ServiceAccount by their labels. Pods that have finished count too, because metadata does not show
 * it. So do pods that are being deleted, because they may still run.
 */
final class PodUseReader {
    private static final int PAGE_SIZE = 500;

    private final PodMetadata pods;
    private final int pageSize;

    PodUseReader(KubernetesClient client) {
        this(client, PAGE_SIZE);
    }

    PodUseReader(KubernetesClient client, int pageSize) {
        this.pods = new PodMetadata(client);
        this.pageSize = pageSize;
    }

    PodUse use(String namespace, String serviceAccount) {
        PodUse use = PodUse.NONE;
        String continuation = "";
        do {
            PartialObjectMetadataList page = pods.page(namespace, serviceAccount, pageSize, continuation);
            // The API server returns null instead of an empty list of metadata.
            use = Objects.requireNonNullElse(page.getItems(), List.<PartialObjectMetadata>of()).stream()
                    .map(PodUseReader::use)
                    .reduce(use, PodUseReader::sum);
            continuation = Objects.requireNonNullElse(page.getMetadata().getContinue(), "");
        } while (!continuation.isEmpty());
        return use;
    }

    private static PodUse use(PartialObjectMetadata pod) {
        Map<String, String> labels =
                Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.of());
        boolean isInjected = "enabled".equals(labels.get(PodIdentityWebhook.POD_IDENTITY_LABEL));
        return new PodUse(isInjected ? 0 : 1, isInjected ? 1 : 0, labels.containsKey(ObservedPod.FARGATE_PROFILE));
    }

    private static PodUse sum(PodUse one, PodUse other) {
        return new PodUse(
                one.mayUseIrsa() + other.mayUseIrsa(),
                one.withPodIdentity() + other.withPodIdentity(),
                one.onFargate() || other.onFargate());
    }
}
