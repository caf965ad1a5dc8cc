package dev.irsa.integration.machine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The webhook with which the API server of EKS authenticates AWS identities. Their tokens are signed requests to STS. It
 * accepts all of them, as the emulators accept all credentials, and makes their users administrators.
 */
public final class EksTokenWebhook implements AutoCloseable {
    private static final String TOKEN = "k8s-aws-v1.";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Path kubeconfig;

    private EksTokenWebhook(HttpServer server, Path kubeconfig) {
        this.server = server;
        this.kubeconfig = kubeconfig;
    }

    /** Listens on a free loopback port. The folder gets its kubeconfig. */
    public static EksTokenWebhook start(Path folder) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", EksTokenWebhook::handle);
        server.start();
        return new EksTokenWebhook(server, Files.writeString(folder.resolve("token-webhook.kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters:
                - name: webhook
                  cluster: {server: "http://127.0.0.1:%d/"}
                contexts:
                - name: webhook
                  context: {cluster: webhook, user: ""}
                current-context: webhook
                """.formatted(
                        server.getAddress().getPort())));
    }

    /** Returns the settings of a control plane that uses this webhook. */
    public ControlPlaneSettings usedBy(ControlPlaneSettings settings) {
        return settings.withApiServerFlag("--authentication-token-webhook-config-file=" + kubeconfig.toAbsolutePath())
                .withApiServerFlag("--authentication-token-webhook-version=v1");
    }

    private static void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode review = JSON.readTree(exchange.getRequestBody().readAllBytes());
            byte[] answer = JSON.writeValueAsBytes(Map.of(
                    "apiVersion", review.path("apiVersion").asText(),
                    "kind", "TokenReview",
                    "status", status(review.path("spec").path("token").asText())));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private static Map<String, Object> status(String token) {
        return isSignedRequest(token)
                ? Map.of(
                        "authenticated",
                        true,
                        "user",
                        Map.of("username", "kubernetes-admin", "groups", List.of("system:masters")))
                : Map.of("authenticated", false);
    }

    private static boolean isSignedRequest(String token) {
        if (!token.startsWith(TOKEN)) {
            return false;
        }
        byte[] url = Base64.getUrlDecoder().decode(token.substring(TOKEN.length()));
        return new String(url, StandardCharsets.UTF_8).contains("Action=GetCallerIdentity");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
