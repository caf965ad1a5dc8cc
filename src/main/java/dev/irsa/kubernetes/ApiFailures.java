package dev.irsa.kubernetes;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
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
        String words = ApiServerMessage.of(thrown);
        if (hasCause(thrown, "NamespaceTerminating")) {
            return moved("the namespace is being deleted");
        }
        if (isAboutAnotherObject(thrown)) {
            return moved("the object is going, or another has taken its name");
        }
        return switch (code) {
            case 404, 409, 410 -> moved("the object changed while it was written: " + words);
            // A token that ran out, or a key that was changed: the client reads its token anew.
            case 401 ->
                new Failure.Passing(
                        Reason.KubernetesUnavailable,
                        "the API server does not take the operator's credentials for " + action + ": " + words);
            case 403 -> new Failure.AccessDenied(action, words);
            case 400, 422 -> new Failure.WriteRefused(action, words);
            default ->
                new Failure.Passing(
                        Reason.KubernetesUnavailable,
                        "the API server gives no usable answer to " + action + ": " + words);
        };
    }

    /** A JSON patch whose {@code test} fails, or whose path is not there, answers 422 and names no field. */
    static boolean isFailedTest(KubernetesClientException thrown) {
        return thrown.getCode() == 422 && causes(thrown).isEmpty();
    }

    /** The world moved while it was looked at. */
    static FailureException moved(String message, KubernetesClientException thrown) {
        return new FailureException(moved(message), thrown);
    }

    static Failure moved(String message) {
        return new Failure.Passing(Reason.Reconciling, message);
    }

    /**
     * A write that carries a UID answers 422, the immutable field metadata.uid, when it meets another object; and
     * one that is being deleted takes no finalizer any more.
     */
    private static boolean isAboutAnotherObject(KubernetesClientException thrown) {
        return thrown.getCode() == 422
                && causes(thrown).stream()
                        .anyMatch(cause -> "metadata.uid".equals(cause.getField())
                                || "metadata.finalizers".equals(cause.getField()));
    }

    static boolean hasCause(KubernetesClientException thrown, String reason) {
        return causes(thrown).stream().anyMatch(cause -> reason.equals(cause.getReason()));
    }

    private static List<StatusCause> causes(KubernetesClientException thrown) {
        Status status = thrown.getStatus();
        return status == null || status.getDetails() == null
                ? List.of()
                : status.getDetails().getCauses();
    }
}
