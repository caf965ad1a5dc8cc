package dev.irsa.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.core.issuer.DiscoveryDocument;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the id and the OIDC issuer of a cluster. */
public record ClusterDiscovery(KubernetesClient client) {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterDiscovery.class);

    /**
     * Returns the UID of the namespace kube-system. It is created with the cluster and never changes.
     *
     * @throws KubernetesClientException when it cannot be read
     */
    public String id() {
        Namespace system = client.namespaces().withName("kube-system").get();
        if (system == null) {
            throw new KubernetesClientException("namespace kube-system not found");
        }
        return system.getMetadata().getUid();
    }

    /**
     * Returns the issuer that the API server publishes; empty when the operator cannot read its discovery document.
     *
     * @throws KubernetesClientException when the API server returns no usable response
     */
    public Optional<String> issuer() {
        String document;
        try {
            document = client.raw(DiscoveryDocument.PATH);
        } catch (KubernetesClientException e) {
            if (e.getCode() == 401 || e.getCode() == 403 || e.getCode() == 404) {
                LOG.warn("cannot read {} from the API server: {}", DiscoveryDocument.PATH, e.getMessage());
                return Optional.empty();
            }
            throw e;
        }
        if (document == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ObjectMapper().readTree(document).path("issuer"))
                    .filter(issuer -> issuer.isTextual())
                    .map(issuer -> issuer.asText());
        } catch (JsonProcessingException e) {
            throw new KubernetesClientException(DiscoveryDocument.PATH + " is not valid JSON", e);
        }
    }
}
