package dev.irsa.issuer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.core.issuer.DiscoveryDocument;
import dev.irsa.core.issuer.JsonWebKeys;
import dev.irsa.core.issuer.KeyRotation.Live;
import dev.irsa.core.issuer.PublicKey;
import dev.irsa.kubernetes.ApiServerMessage;
import dev.irsa.runtime.KubernetesClients;
import dev.irsa.runtime.StartFailure;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads the keys of each API server at its own address, because during a rotation they have different keys, and the Service reaches only
 * one of them. Outside of the cluster, it reads the server of the kubeconfig.
 */
final class ClusterApiServers implements ApiServers, AutoCloseable {
    private static final String SLICE = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/kubernetes";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient cluster;
    private final boolean inPod;
    private final Set<String> given;
    private final Map<String, KubernetesClient> servers = new HashMap<>();

    /**
     * Creates a reader.
     *
     * @param inPod whether the addresses of the API servers can be reached
     * @param given the URLs of the API servers; empty: they are discovered
     */
    ClusterApiServers(KubernetesClient cluster, boolean inPod, Set<String> given) {
        this.given = Set.copyOf(given);
        this.cluster = cluster;
        this.inPod = inPod;
    }

    @Override
    public Reading read() {
        Keys keys = new Keys();
        Set<String> addresses = given.isEmpty() && inPod ? addresses(keys) : given;
        if (addresses.isEmpty()) {
            if (inPod && given.isEmpty() && keys.problems.isEmpty()) {
                keys.problems.add(
                        "EndpointSlice default/kubernetes has no addresses, so only one API server can be read; pass all of them"
                                + " to --api-server (issuer.publish.apiServers of the chart)");
            }
            keys.add(String.valueOf(cluster.getMasterUrl()), cluster);
        }
        for (String address : addresses) {
            try {
                keys.add(address, at(address));
            } catch (StartFailure e) {
                keys.problems.add(e.problem());
            }
        }
        servers.keySet().removeIf(address -> !addresses.contains(address) && closed(address));
        return new Reading(
                new Live(keys.usable, keys.problems.isEmpty()), List.copyOf(keys.unusable), List.copyOf(keys.problems));
    }

    /** What the API servers return. */
    private static final class Keys {
        private final SortedMap<String, PublicKey> usable = new TreeMap<>();
        private final Set<String> unusable = new TreeSet<>();
        private final List<String> problems = new ArrayList<>();

        void add(String address, KubernetesClient server) {
            try {
                String document = server.raw(DiscoveryDocument.KEYS_PATH);
                JsonWebKeys keys = JsonWebKeys.parse(document == null ? "" : document);
                usable.putAll(keys.usable());
                unusable.addAll(keys.unusable());
                if (keys.usable().isEmpty() && keys.unusable().isEmpty()) {
                    problems.add("the API server " + address
                            + " has no keys for ServiceAccount tokens; set its flag --service-account-key-file");
                }
            } catch (KubernetesClientException e) {
                problems.add("cannot read " + DiscoveryDocument.KEYS_PATH + " from the API server " + address + ": "
                        + ApiServerMessage.of(e));
            } catch (IllegalArgumentException e) {
                problems.add(DiscoveryDocument.KEYS_PATH + " of the API server " + address
                        + " is not a JSON Web Key Set: " + e.getMessage());
            }
        }
    }

    /** Returns the URLs of the API servers; empty without the EndpointSlice. */
    private Set<String> addresses(Keys keys) {
        Set<String> urls = new TreeSet<>();
        try {
            String slice = cluster.raw(SLICE);
            JsonNode parsed = JSON.readTree(slice == null ? "{}" : slice);
            int port = parsed.path("ports").path(0).path("port").asInt(443);
            for (JsonNode endpoint : parsed.path("endpoints")) {
                for (JsonNode address : endpoint.path("addresses")) {
                    String host = address.asText();
                    urls.add("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
                }
            }
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404) {
                keys.problems.add(
                        "cannot read EndpointSlice default/kubernetes, which has the addresses of the API servers: "
                                + ApiServerMessage.of(e)
                                + "; allow to get it, or pass the addresses to --api-server");
            }
        } catch (JsonProcessingException e) {
            keys.problems.add("EndpointSlice default/kubernetes is not valid JSON");
        }
        return urls;
    }

    private KubernetesClient at(String url) throws StartFailure {
        KubernetesClient known = servers.get(url);
        if (known != null) {
            return known;
        }
        KubernetesClient created = KubernetesClients.failFast(
                new ConfigBuilder(cluster.getConfiguration()).withMasterUrl(url).build(), TIMEOUT);
        servers.put(url, created);
        return created;
    }

    private boolean closed(String url) {
        KubernetesClient server = servers.get(url);
        if (server != null) {
            server.close();
        }
        return true;
    }

    @Override
    public void close() {
        servers.values().forEach(KubernetesClient::close);
    }
}
