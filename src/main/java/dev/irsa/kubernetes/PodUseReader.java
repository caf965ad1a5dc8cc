package dev.irsa.kubernetes;

import dev.irsa.core.observed.ObservedPod;
import dev.irsa.core.observed.PodIdentityWebhook;
import dev.irsa.core.observed.PodUse;
import io.fabric8.kubernetes.api.model.PartialObjectMetadata;
import io.fabric8.kubernetes.api.model.PartialObjectMetadataList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.internal.OperationSupport;
import io.fabric8.kubernetes.client.utils.URLUtils;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Counts the pods of a ServiceAccount by their labels. Pods that have finished count too, because metadata does not show
 * it. So do pods that are being deleted, because they may still run.
 *
 * <p>Requests only metadata, for which the client has no method. Source: Kubernetes "API concepts", "Alternate
 * representations of resources".
 */
final class PodUseReader extends OperationSupport {
    private static final String METADATA_ONLY =
            "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

    private static final int PAGE_SIZE = 500;

    private final int pageSize;

    PodUseReader(KubernetesClient client) {
        this(client, PAGE_SIZE);
    }

    PodUseReader(KubernetesClient client, int pageSize) {
        super(client);
        this.pageSize = pageSize;
    }

    PodUse use(String namespace, String serviceAccount) {
        PodUse use = PodUse.NONE;
        String continuation = "";
        do {
            PartialObjectMetadataList page = page(namespace, serviceAccount, continuation);
            // The API server returns null instead of an empty list of metadata.
            use = Objects.requireNonNullElse(page.getItems(), List.<PartialObjectMetadata>of()).stream()
                    .map(PodUseReader::use)
                    .reduce(use, PodUseReader::sum);
            continuation = Objects.requireNonNullElse(page.getMetadata().getContinue(), "");
        } while (!continuation.isEmpty());
        return use;
    }

    /**
     * Returns one page of the pods of a ServiceAccount.
     *
     * @param continuation from the previous page; empty for the first page
     * @throws KubernetesClientException when the API server returns no usable response
     */
    private PartialObjectMetadataList page(String namespace, String serviceAccount, String continuation) {
        String pods = URLUtils.join(getConfig().getMasterUrl(), "api/v1/namespaces", namespace, "pods");
        URLUtils.URLBuilder url = new URLUtils.URLBuilder(pods)
                .addQueryParameter("fieldSelector", "spec.serviceAccountName=" + serviceAccount)
                .addQueryParameter("limit", Integer.toString(pageSize));
        if (!continuation.isEmpty()) {
            url.addQueryParameter("continue", continuation);
        }
        try {
            return handleResponse(
                    httpClient
                            .newHttpRequestBuilder()
                            .header("Accept", METADATA_ONLY)
                            .url(url.build()),
                    PartialObjectMetadataList.class);
        } catch (IOException e) {
            throw new KubernetesClientException("cannot list pods", e);
        }
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
