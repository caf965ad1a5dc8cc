package dev.irsa.kubernetes;

import dev.irsa.core.failure.RootCause;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** What the API server said, in its own words: the message of the exception also has the URL and the whole answer. */
public final class ApiServerMessage {
    private ApiServerMessage() {}

    /** Whether it may say something else a moment later: it did not answer, has too much to do, or is in trouble itself. */
    public static boolean mayChange(KubernetesClientException thrown) {
        return thrown.getCode() < 400 || thrown.getCode() == 429 || thrown.getCode() >= 500;
    }

    /** The words; without an answer, why there is none. */
    public static String of(KubernetesClientException thrown) {
        Status status = thrown.getStatus();
        if (status != null && status.getMessage() != null) {
            return status.getMessage();
        }
        return thrown.getCode() > 0 ? "HTTP status " + thrown.getCode() : RootCause.of(thrown);
    }
}
