package dev.irsa.kubectl;

import dev.irsa.kubernetes.ApiExceptionTranslator;
import dev.irsa.kubernetes.ClusterDiscovery;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.Optional;

/**
 * A context with a client for its cluster.
 *
 * @param id of the cluster; empty if the user cannot read it
 */
record Connected(String context, KubernetesClient client, Optional<String> id) {
    /** Reads the id, or fails if the cluster does not answer. */
    static Connected of(String context, KubernetesClient client) {
        try {
            return new Connected(context, client, Optional.of(new ClusterDiscovery(client).id()));
        } catch (KubernetesClientException e) {
            if (e.getCause() instanceof IOException) {
                throw ApiExceptionTranslator.of("get namespaces", e);
            }
            return new Connected(context, client, Optional.empty());
        }
    }

    String server() {
        return client.getMasterUrl().toString();
    }
}
