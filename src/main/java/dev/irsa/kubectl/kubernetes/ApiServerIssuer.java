package dev.irsa.kubectl.kubernetes;

import static dev.irsa.kubectl.kubernetes.KubernetesWorkloads.read;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Objects;
import java.util.Set;

/** Reads the issuer and its keys from the API server. */
final class ApiServerIssuer {
    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final String KEYS = "/openid/v1/jwks";

    private final KubernetesClient client;

    ApiServerIssuer(KubernetesClient client) {
        this.client = client;
    }

    String url() {
        return JsonWebKeys.string(document(DISCOVERY), "issuer").orElseThrow(() -> unreadable(DISCOVERY));
    }

    Set<String> keys() {
        return JsonWebKeys.ids(document(KEYS)).orElseThrow(() -> unreadable(KEYS));
    }

    private String document(String path) {
        return read(
                "get " + path + " (ClusterRole system:service-account-issuer-discovery)",
                () -> Objects.requireNonNullElse(client.raw(path), ""));
    }

    private static FailureException unreadable(String path) {
        return new FailureException(new Failure.Passing(
                Reason.KubernetesUnavailable, "the API server returned no readable document for " + path));
    }
}
