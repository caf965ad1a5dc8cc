package dev.irsa.kubernetes;

import io.fabric8.kubernetes.api.model.PartialObjectMetadataList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.internal.OperationSupport;
import io.fabric8.kubernetes.client.utils.URLUtils;
import java.io.IOException;

/**
 * Reads the metadata of pods without their specs and statuses. The client has no such request of its own. Source:
 * Kubernetes "API concepts", "Alternate representations of resources".
 */
final class PodMetadata extends OperationSupport {
    private static final String METADATA_ONLY =
            "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

    PodMetadata(KubernetesClient client) {
        super(client);
    }

    /**
     * Returns one page of the pods of a ServiceAccount.
     *
     * @param continuation from the previous page; empty for the first page
     * @throws KubernetesClientException when the API server returns no usable response
     */
    PartialObjectMetadataList page(String namespace, String serviceAccount, int limit, String continuation) {
        String pods = URLUtils.join(getConfig().getMasterUrl(), "api/v1/namespaces", namespace, "pods");
        URLUtils.URLBuilder url = new URLUtils.URLBuilder(pods)
                .addQueryParameter("fieldSelector", "spec.serviceAccountName=" + serviceAccount)
                .addQueryParameter("limit", Integer.toString(limit));
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
}
