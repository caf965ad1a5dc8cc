package dev.irsa.kubernetes;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.regex.Pattern;

/** Classifies exceptions of the Kubernetes client. Source: Kubernetes "API Conventions", "Response Status Kind". */
public final class ApiExceptionTranslator {
    /** Source: {@code forbiddenMessage} in k8s.io/apiserver, "User "x" cannot patch resource "serviceaccounts" in …". */
    private static final Pattern AUTHORIZER = Pattern.compile("\\bcannot \\S+ resource \"");

    private static final Pattern READ = Pattern.compile("^(get|list) ");

    private ApiExceptionTranslator() {}

    /**
     * Returns the failure that an exception represents.
     *
     * @param action the permission that the call needs, such as {@code create serviceaccounts}
     */
    public static FailureException of(String action, KubernetesClientException thrown) {
        return new FailureException(failure(action, thrown), thrown);
    }

    private static Failure failure(String action, KubernetesClientException thrown) {
        int code = thrown.getCode();
        String message = ApiServerMessage.of(thrown);
        if (hasCause(thrown, "NamespaceTerminating")) {
            return Failure.namespaceTerminating();
        }
        if (isReplacedOrBeingDeleted(thrown)) {
            return changed("the resource is being deleted or was recreated");
        }
        return switch (code) {
            case 404, 409, 410 -> changed("the resource changed during the write: " + message);
            // The token expired or its signing key changed; the client reads the token again before the next call.
            case 401 ->
                new Failure.Passing(
                        Reason.KubernetesUnavailable,
                        "the API server rejected the operator's credentials for " + action + ": " + message);
            case 403 -> denied(action, message);
            case 400, 422 -> Failure.writeRefused(action, message);
            default ->
                new Failure.Passing(
                        Reason.KubernetesUnavailable,
                        "the API server returned no usable response to " + action + ": " + message);
        };
    }

    /**
     * Returns the failure of a call that was answered with 403. Quotas and admission webhooks answer writes like the authorizer does,
     * and only the messages differ. A read meets the authorizer alone, whose message a proxy may replace. The admission plugin
     * OwnerReferencesPermissionEnforcement, which OpenShift enables, requires {@code delete} for a change of the owner references,
     * whatever the verb of the request.
     */
    private static Failure denied(String action, String message) {
        if (message.contains("cannot set an ownerRef on a resource you can't delete")) {
            return new Failure.AccessDenied(action.replaceFirst("\\w+", "delete"), message);
        }
        return READ.matcher(action).find() || AUTHORIZER.matcher(message).find()
                ? new Failure.AccessDenied(action, message)
                : Failure.writeRefused(action, message);
    }

    /** The API server answers 422 without a field when the {@code test} of a JSON patch fails or a path is missing. */
    static boolean isFailedTest(KubernetesClientException thrown) {
        return thrown.getCode() == 422 && causes(thrown).isEmpty();
    }

    /** Reports that the cluster changed during the reconcile, which is retried. */
    static FailureException changed(String message, KubernetesClientException thrown) {
        return new FailureException(changed(message), thrown);
    }

    /** Reports that the cluster changed, which is retried. */
    public static Failure changed(String message) {
        return new Failure.Passing(Reason.Reconciling, message);
    }

    /**
     * Returns whether the write met another object or one that is being deleted. For another UID the API server answers
     * 422 with the immutable field metadata.uid. It also accepts no new finalizer during a deletion.
     */
    static boolean isReplacedOrBeingDeleted(KubernetesClientException thrown) {
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
