package dev.irsa.core.failure;

import dev.irsa.core.text.Page;
import java.time.Duration;
import java.util.Optional;

/**
 * A failure of a reconcile. Its message is for readers of {@code kubectl describe}: it names the resource, the problem and the
 * remedy. It is the same on every retry, so that a repeated failure causes no write.
 */
public sealed interface Failure
        permits AwsFailure,
                Failure.InvalidSpec,
                Failure.AccessDenied,
                Failure.PodIdentityUnavailable,
                Failure.Passing,
                Failure.Waiting,
                Failure.DeletionBlocked,
                Failure.Plain {
    /** Returns the reason for conditions and events. */
    Reason reason();

    /** Returns the message for users. */
    String message();

    /** Returns when the reconcile is retried. */
    default Retry retry() {
        return reason().retry();
    }

    /** Returns the time after which the reconcile is retried; empty: as {@link #retry} says. */
    default Optional<Duration> retryAfter() {
        return Optional.empty();
    }

    /** Returns whether only a user can resolve it. */
    default boolean stalled() {
        return reason().stalled();
    }

    /** The spec is invalid; {@code field} is the path of the field from the root of the resource. */
    record InvalidSpec(String field, String problem) implements Failure {
        @Override
        public Reason reason() {
            return Reason.InvalidSpec;
        }

        @Override
        public String message() {
            return field + ": " + problem;
        }
    }

    /**
     * A call was not authorized.
     *
     * @param action the missing permission, such as {@code iam:CreateRole} or {@code patch serviceaccounts}
     * @param detail the message of the server
     */
    record AccessDenied(String action, String detail) implements Failure {
        @Override
        public Reason reason() {
            return Reason.AccessDenied;
        }

        /** Returns what was denied, without what to do. */
        String denial() {
            return "the operator may not " + (action.contains(":") ? "call " : "") + action + ": " + detail;
        }

        @Override
        public String message() {
            return denial() + "; ask your platform team to grant the permission" + Page.PERMISSIONS.reference();
        }
    }

    /** A transient failure: Throttled, AwsUnavailable, CredentialsUnavailable, KubernetesUnavailable or Reconciling. */
    record Passing(Reason reason, String message) implements Failure {}

    /**
     * An earlier change has to propagate before the next one is made.
     *
     * @param after when to continue
     */
    record Waiting(Reason reason, String message, Duration after) implements Failure {
        @Override
        public Optional<Duration> retryAfter() {
            return Optional.of(after);
        }
    }

    /** The deletion is blocked. It is retried, whether the cause is transient or needs a user. */
    record DeletionBlocked(String message) implements Failure {
        @Override
        public Reason reason() {
            return Reason.DeletionBlocked;
        }
    }

    /** The cluster, or a pod of the ServiceAccount, cannot use EKS Pod Identity. */
    record PodIdentityUnavailable(String message) implements Failure {
        @Override
        public Reason reason() {
            return Reason.PodIdentityUnavailable;
        }
    }

    /** A failure that no caller handles in its own way. */
    record Plain(Reason reason, String message, Retry retry) implements Failure {}

    /** Returns a failure that is retried as its reason says. */
    static Failure of(Reason reason, String message) {
        return new Plain(reason, message, reason.retry());
    }

    /** Returns the failure to create something in a namespace that is being deleted, and soon deletes the resource too. */
    static Failure namespaceTerminating() {
        return new Plain(Reason.Reconciling, "the namespace is being deleted", Retry.WHEN_CHANGED);
    }

    /** Returns the failure of a resource whose account is unknown. */
    static Failure accountNotFound(String iamAccount) {
        return of(
                Reason.AccountNotFound,
                "spec.account: the cluster has no IamAccount " + iamAccount
                        + "; ask a platform engineer to apply it, or create a resource with another name");
    }

    /** Returns the failure of a resource whose account the operator no longer calls. */
    static Failure accountAbandoned(String iamAccount) {
        return of(
                Reason.AccountAbandoned,
                "spec.access of IamAccount " + iamAccount
                        + " is Abandon, so the operator makes no calls to the account; delete this resource to release it"
                        + " without its role, or ask a platform engineer to set spec.access to Manage");
    }

    /** Returns the failure of a resource whose role does not provably belong to it and is left alone. */
    static Failure roleConflict(String role, String why) {
        return of(Reason.RoleConflict, "role " + role + " " + why);
    }

    /** Returns the failure of a spec that uses a policy template that does not exist. It may be applied later. */
    static Failure templateNotFound(String template) {
        return of(
                Reason.TemplateNotFound,
                "IamPolicyTemplate " + template
                        + " does not exist, so the role stays as it is; correct the name, or ask"
                        + " your platform team to apply the template");
    }

    /** Returns the failure of a spec that uses an invalid policy template. */
    static Failure templateInvalid(String template, String problems) {
        return of(
                Reason.TemplateInvalid,
                "IamPolicyTemplate " + template + " is invalid: " + problems
                        + "; no role is created, and an existing one stays as it is; ask a platform engineer to correct"
                        + " the template");
    }

    /** Returns the failure of a namespace that a platform engineer froze. */
    static Failure namespaceFrozen(String namespace, String label) {
        return of(
                Reason.NamespaceFrozen,
                "namespace " + namespace + " has the label " + label
                        + "; no role is created, and an existing one"
                        + " stays as it is; deletions continue; once the namespace may change again, a platform engineer can"
                        + " run: kubectl label namespace " + namespace + " " + label + "-");
    }

    /** Returns the failure of a ServiceAccount that does not exist, and that the operator waits for. */
    static Failure serviceAccountMissing(String name) {
        return of(
                Reason.ServiceAccountMissing,
                "ServiceAccount " + name + " does not exist and its management in spec.serviceAccounts is Annotate;"
                        + " create it, or set management to CreateOrAnnotate");
    }

    /**
     * Returns the failure of a write that the API server rejected, for example by admission control. No permission is missing, but
     * a user has to resolve it.
     *
     * @param action the permission that the call needs, such as {@code create serviceaccounts}
     * @param detail the message of the server
     */
    static Failure writeRefused(String action, String detail) {
        return of(Reason.AccessDenied, "the API server rejected the request to " + action + ": " + detail);
    }
}
