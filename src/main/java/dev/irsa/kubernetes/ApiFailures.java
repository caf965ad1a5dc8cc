package dev.irsa.kubernetes;

import dev.irsa.failure.Failure;
import dev.irsa.failure.FailureException;
import dev.irsa.failure.Reason;
import dev.irsa.failure.RootCause;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;

/** What an exception of the Kubernetes client means. Source: "API Conventions" of Kubernetes, "Response Status Kind". */
final class ApiFailures {
    private ApiFailures() {}

    /**
     * The failure that an exception stands for.
     *
     * @param action the right that the call needs: {@code create serviceaccounts}
     */
    static FailureException of(String action, KubernetesClientException thrown) {
        return new FailureException(failure(action, thrown), thrown);
    }

    private static Failure failure(String action, KubernetesClientException thrown) {
        int code = thrown.getCode();
        String words = words(thrown);
        if (hasCause(thrown, "NamespaceTerminating")) {
            return moved("the namespace is being deleted");
        }
        return switch (code) {
            case 404, 409, 410 -> moved("the object changed while it was written: " + words);
            case 400, 401, 403, 422 -> new Failure.AccessDenied(action, words);
            default ->
                new Failure.Passing(
                        Reason.KubernetesUnavailable,
                        "the API server gives no usable answer to " + action + ": " + words);
        };
    }

    private static Failure moved(String message) {
        return new Failure.Passing(Reason.Reconciling, message);
    }

    static boolean hasCause(KubernetesClientException thrown, String reason) {
        Status status = thrown.getStatus();
        List<StatusCause> causes = status == null || status.getDetails() == null
                ? List.of()
                : status.getDetails().getCauses();
        return causes.stream().anyMatch(cause -> reason.equals(cause.getReason()));
    }

    /** The API server's own words: the exception's message also has the URL and the whole body. */
    private static String words(KubernetesClientException thrown) {
        Status status = thrown.getStatus();
        if (status != null && status.getMessage() != null) {
            return status.getMessage();
        }
        return thrown.getCode() > 0 ? "HTTP status " + thrown.getCode() : RootCause.of(thrown);
    }
}
