package dev.irsa.integration.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.ServerKeys;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.zjsonpatch.JsonDiff;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * The {@link PodIdentityWebhook} as a server that a real API server calls for every new pod. The API server ignores its
 * failures. Based on deploy/mutatingwebhook.yaml of amazon-eks-pod-identity-webhook.
 */
public final class PodIdentityWebhookServer implements AutoCloseable {
    /** The label of a namespace whose pods the webhook ignores. */
    public static final String IGNORED = "example.com/no-pod-identity";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PodIdentityWebhook webhook;
    private final KubernetesClient client;
    private final HttpsServer server;
    private final String configuration;
    private final AtomicInteger calls = new AtomicInteger();

    private PodIdentityWebhookServer(
            PodIdentityWebhook webhook, KubernetesClient client, HttpsServer server, String configuration) {
        this.webhook = webhook;
        this.client = client;
        this.server = server;
        this.configuration = configuration;
    }

    /**
     * Starts a server that the API server does not know yet.
     *
     * @param folder gets the key
     */
    public static PodIdentityWebhookServer start(PodIdentityWebhook webhook, ControlPlane controlPlane, Path folder)
            throws IOException, GeneralSecurityException {
        ServerKeys keys = ServerKeys.create("ip:127.0.0.1", folder);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(keys.context()));
        String authority = Base64.getEncoder().encodeToString(keys.certificate().getBytes(StandardCharsets.US_ASCII));
        var started = new PodIdentityWebhookServer(webhook, controlPlane.client(), server, """
        apiVersion: admissionregistration.k8s.io/v1
        kind: MutatingWebhookConfiguration
        metadata: {name: pod-identity-webhook}
        webhooks:
          - name: pod-identity-webhook.amazonaws.com
            failurePolicy: Ignore
            clientConfig: {url: "https://127.0.0.1:%d/mutate", caBundle: %s}
            namespaceSelector:
              matchExpressions: [{key: %s, operator: DoesNotExist}]
            objectSelector:
              matchExpressions: [{key: eks.amazonaws.com/skip-pod-identity-webhook, operator: DoesNotExist}]
            rules: [{operations: [CREATE], apiGroups: [""], apiVersions: [v1], resources: [pods]}]
            sideEffects: None
            admissionReviewVersions: [v1]
        """.formatted(
                        server.getAddress().getPort(), authority, IGNORED));
        server.createContext("/mutate", started::mutate);
        server.start();
        return started;
    }

    /** Configures the API server, and waits until it calls this server. */
    public void register() {
        client.resource(configuration).create();
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withGenerateName("webhook-")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("registry.example.com/main")
                .endContainer()
                .endSpec()
                .build();
        Awaitility.await("the API server calls the webhook")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    client.resource(pod).dryRun().create();
                    return calls.get() > 0;
                });
    }

    /** Deletes the configuration of the API server. */
    public void unregister() {
        client.resource(configuration).delete();
    }

    /** Stops the server, and leaves the configuration of the API server. */
    @Override
    public void close() {
        server.stop(0);
    }

    private void mutate(HttpExchange exchange) throws IOException {
        calls.incrementAndGet();
        try (exchange) {
            byte[] answer = JSON.writeValueAsBytes(review(
                    JSON.readTree(exchange.getRequestBody().readAllBytes()).path("request")));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private JsonNode review(JsonNode request) {
        Pod pod = JSON.convertValue(request.path("object"), Pod.class);
        pod.getMetadata().setNamespace(request.path("namespace").asText());
        JsonNode patch = JsonDiff.asJson(JSON.valueToTree(pod), JSON.valueToTree(webhook.admit(pod, annotations(pod))));
        ObjectNode review =
                JSON.createObjectNode().put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
        ObjectNode response = review.putObject("response")
                .put("uid", request.path("uid").asText())
                .put("allowed", true);
        if (!patch.isEmpty()) {
            response.put("patchType", "JSONPatch").put("patch", patch.toString().getBytes(StandardCharsets.UTF_8));
        }
        return review;
    }

    private Map<String, String> annotations(Pod pod) {
        return Optional.ofNullable(client.serviceAccounts()
                        .inNamespace(pod.getMetadata().getNamespace())
                        .withName(pod.getSpec().getServiceAccountName())
                        .get())
                .map(ServiceAccount::getMetadata)
                .map(metadata -> Objects.requireNonNullElse(metadata.getAnnotations(), Map.<String, String>of()))
                .orElse(Map.of());
    }
}
