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

    /** The issuer that the API server itself names; empty when its discovery document cannot be read. */
    public Optional<String> issuer() {
        try {
            String document = client.raw(DOCUMENT);
            return document == null
                    ? Optional.empty()
                    : Optional.of(new ObjectMapper().readTree(document).path("issuer"))
                            .filter(issuer -> issuer.isTextual())
                            .map(issuer -> issuer.asText());
        } catch (KubernetesClientException | JsonProcessingException e) {
            LOG.warn("{} cannot be read from the API server: {}", DOCUMENT, e.getMessage());
            return Optional.empty();
        }
    }
}
