package dev.irsa.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterApiServersTest {
    private static final String SLICE = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/kubernetes";

    private final KubernetesMockServer server = new KubernetesMockServer(true);
    private final KubernetesMockServer other = new KubernetesMockServer(true);

    @BeforeEach
    void start() {
        server.init();
        other.init();
        returnKeys(server, "a");
        returnKeys(other, "b");
    }

    @AfterEach
    void stop() {
        server.destroy();
        other.destroy();
    }

    private static void returnKeys(KubernetesMockServer of, String id) {
        of.expect()
                .withPath("/openid/v1/jwks")
                .andReturn(200, """
                        {"keys": [{"use": "sig", "kty": "RSA", "kid": "%s", "alg": "RS256", "n": "modulus", "e": "AQAB"},
                         {"kty": "EC", "kid": "%s-ec", "alg": "ES256", "crv": "P-256", "x": "x", "y": "y"},
                         {"kty": "OKP", "kid": "%s-new", "alg": "EdDSA"}]}""".formatted(id, id, id))
                .always();
    }

    private ApiServers.Reading read(boolean inPod, String... given) {
        try (ClusterApiServers servers = new ClusterApiServers(server.createClient(), inPod, Set.of(given))) {
            return servers.read();
        }
    }

    @Test
    void readsTheServerThatTheSliceNames() {
        server.expect()
                .withPath(SLICE)
                .andReturn(200, """
                        {"ports": [{"name": "https", "port": %d}], "endpoints": [{"addresses": ["127.0.0.1"]}]}""".formatted(other.getPort()))
                .always();

        ApiServers.Reading reading = read(true);

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.live().keys()).containsOnlyKeys("b", "b-ec");
        assertThat(reading.live().complete()).isTrue();
        assertThat(reading.unusable()).containsExactly("\"b-new\" (EdDSA)");
    }

    @Test
    void readsTheServerOfTheKubeconfigWithoutSliceOrOutsideOfTheCluster() {
        ApiServers.Reading inPod = read(true);
        assertThat(inPod.live().keys()).containsOnlyKeys("a", "a-ec");
        assertThat(inPod.live().complete()).isFalse();
        assertThat(inPod.problems()).singleElement().asString().contains("--api-server");
        assertThat(read(false).live().keys()).containsOnlyKeys("a", "a-ec");
    }

    @Test
    void readsTheGivenServersTogether() {
        assertThat(read(true, "https://127.0.0.1:" + server.getPort(), "https://127.0.0.1:" + other.getPort())
                        .live()
                        .keys())
                .containsOnlyKeys("a", "a-ec", "b", "b-ec");
    }

    @Test
    void isIncompleteIfTheSliceOrAServerCannotBeRead() {
        server.expect().withPath(SLICE).andReturn(403, "{}").always();

        ApiServers.Reading reading = read(true);

        assertThat(reading.problems())
                .singleElement()
                .asString()
                .startsWith("cannot read EndpointSlice default/kubernetes");
        assertThat(reading.live().complete()).isFalse();
        assertThat(read(false, "https://127.0.0.1:1").problems())
                .singleElement()
                .asString()
                .contains("from the API server https://127.0.0.1:1");
    }
}
