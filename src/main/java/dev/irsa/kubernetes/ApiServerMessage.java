package dev.irsa.kubernetes;

import dev.irsa.core.failure.RootCause;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** Extracts the API server's own message. The message of the exception also has the URL and the whole response. */
public final class ApiServerMessage {
    private ApiServerMessage() {}

    /** Returns whether a retry may succeed: the API server did not respond, is overloaded or has an internal error. */
    public static boolean mayChange(KubernetesClientException thrown) {
        return thrown.getCode() < 400 || thrown.getCode() == 429 || thrown.getCode() >= 500;
    }

    /** Returns the message, or the cause if there was no response. */
    public static String of(KubernetesClientException thrown) {
        Status status = thrown.getStatus();
        if (status != null && status.getMessage() != null) {
            return status.getMessage();
        }
        return thrown.getCode() > 0 ? "HTTP status " + thrown.getCode() : RootCause.of(thrown);
    }
}
