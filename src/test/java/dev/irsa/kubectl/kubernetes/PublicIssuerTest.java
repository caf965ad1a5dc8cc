package dev.irsa.kubectl.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.diagnosis.IssuerFacts.Published;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicIssuerTest {
    private final PublicIssuer issuer = new PublicIssuer("http://");

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void readsKeysOfDiscoveryDocument() {
        serve("/id/.well-known/openid-configuration", 200, """
                {"issuer": "https://example.com/id", "jwks_uri": "%s/keys"}""".formatted(url()));
        serve("/keys", 200, """
                {"keys": [{"kty": "RSA", "kid": "k1", "n": "n", "e": "AQAB"}, {"kty": "RSA", "kid": "k2", "n": "n", "e": "AQAB"},
                 {"kty": "EC", "kid": "k3", "alg": "ES256"}]}""");

        Evidence<Published> expected = Evidence.of(new Published.Keys("https://example.com/id", Set.of("k1", "k2")));
        assertThat(issuer.published(url() + "/id")).isEqualTo(expected);
        assertThat(issuer.published(url() + "/id/")).isEqualTo(expected);
    }

    @Test
    void reportsRefusedDocument() {
        serve("/.well-known/openid-configuration", 403, "denied");

        assertThat(issuer.published(url()))
                .isEqualTo(Evidence.of(
                        new Published.Refused(url() + "/.well-known/openid-configuration returns HTTP status 403")));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void decidesNothingWhileServerIsUnavailable(int status) {
        serve("/.well-known/openid-configuration", status, "later");

        assertThat(issuer.published(url()).toString()).contains("HTTP status " + status);
        assertThat(issuer.published(url()).known()).isEmpty();
    }

    @Test
    @Timeout(20)
    void doesNotWaitForBodyThatStalls() {
        CountDownLatch end = new CountDownLatch(1);
        server.createContext("/.well-known/openid-configuration", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            try {
                end.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });

        assertThat(issuer.published(url()).toString()).contains("timeout");
        end.countDown();
    }

    @Test
    void reportsOtherContent() {
        serve("/.well-known/openid-configuration", 200, "<html>");

        assertThat(issuer.published(url()).toString()).contains("is no discovery document");
    }

    @Test
    void decidesNothingWithoutResponse() {
        String address = url();
        server.stop(0);

        assertThat(issuer.published(address).known()).isEmpty();
    }

    @Test
    void doesNotReadMoreThanKeysNeed() {
        serve("/.well-known/openid-configuration", 200, " ".repeat(2_000_000));

        assertThat(issuer.published(url()).known()).isEmpty();
    }

    @Test
    void usesNoOtherProtocolThanHttps() {
        assertThat(new PublicIssuer().published(url()).toString()).contains("does not start with https://");
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void serve(String path, int status, String body) {
        server.createContext(path, exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            try (var out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
    }
}
