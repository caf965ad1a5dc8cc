package dev.irsa.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a cluster who it is. */
public final class ClusterDiscovery {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterDiscovery.class);
    private static final String DOCUMENT = "/.well-known/openid-configuration";

    private final KubernetesClient client;

    /** Asks the cluster that this client reaches. */
    public ClusterDiscovery(KubernetesClient client) {
        this.client = client;
    }

    /**
     * The UID of the kube-system namespace: it is made with the cluster and never changes.
     *
     * @throws KubernetesClientException when it cannot be read
     */
    public String id() {
        Namespace system = client.namespaces().withName("kube-system").get();
        if (system == null) {
            throw new KubernetesClientException("there is no namespace kube-system");
        }
        return system.getMetadata().getUid();
    }

    /**
     * The issuer that the API server itself names; empty when it does not show its discovery document, or not to us.
     *
     * @throws KubernetesClientException when the API server gives no usable answer
     */
    public Optional<String> issuer() {
        String document;
        try {
            document = client.raw(DOCUMENT);
        } catch (KubernetesClientException e) {
            if (e.getCode() == 401 || e.getCode() == 403 || e.getCode() == 404) {
                LOG.warn("{} cannot be read from the API server: {}", DOCUMENT, e.getMessage());
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
            throw new KubernetesClientException(DOCUMENT + " is no JSON", e);
        }
    }
}
