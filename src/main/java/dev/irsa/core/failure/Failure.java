package dev.irsa.core.failure;

import java.time.Duration;
import java.util.Optional;

/**
 * A failure of a reconcile. Its message is for readers of {@code kubectl describe}: it names the resource, the problem and the
 * remedy. It is the same on every retry, so that a repeated failure causes no write.
 */
public sealed interface Failure
        permits AwsFailure,
                Failure.InvalidSpec,
                RoleFailure,
                ExternalRoleFailure,
                Failure.RoleConflict,
                Failure.TemplateNotFound,
                Failure.TemplateInvalid,
                Failure.NotEntitled,
                Failure.NamespaceFrozen,
                DeliveryFailure,
                Failure.OidcProviderMissing,
                Failure.ServiceAccountConflict,
                Failure.ServiceAccountMissing,
                Failure.AccessDenied,
                Failure.WriteRefused,
                Failure.Passing,
                Failure.Waiting,
                Failure.DeletionBlocked {
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

    /** The role does not provably belong to this resource and is left alone. */
    record RoleConflict(String role, String why) implements Failure {
        @Override
        public Reason reason() {
            return Reason.RoleConflict;
        }

        @Override
        public String message() {
            return "role " + role + " " + why;
        }
    }

    /** A policy template that the spec uses does not exist. It may be applied later. */
    record TemplateNotFound(String template) implements Failure {
        @Override
        public Reason reason() {
            return Reason.TemplateNotFound;
        }

        @Override
        public String message() {
            return "IamPolicyTemplate " + template
                    + " does not exist; no role is created, and an existing one stays as it is; create the"
                    + " template, or remove it from spec.policies.templates";
        }
    }

    /** A policy template that the spec uses is invalid. */
    record TemplateInvalid(String template, String problems) implements Failure {
        @Override
        public Reason reason() {
            return Reason.TemplateInvalid;
        }

        @Override
        public String message() {
            return "IamPolicyTemplate " + template + " is invalid: " + problems
                    + "; no role is created, and an existing one stays as it is; ask a platform engineer to correct"
                    + " the template";
        }
    }

    /** No entitlement allows what the spec asks for. */
    record NotEntitled(String message) implements Failure {
        @Override
        public Reason reason() {
            return Reason.NotEntitled;
        }
    }

    /** A platform engineer froze the namespace. */
    record NamespaceFrozen(String namespace, String label) implements Failure {
        @Override
        public Reason reason() {
            return Reason.NamespaceFrozen;
        }

        @Override
        public String message() {
            return "namespace " + namespace + " has the label " + label
                    + "; no role is created, and an existing one"
                    + " stays as it is; deletions continue; once the namespace may change again, a platform engineer can"
                    + " run: kubectl label namespace " + namespace + " " + label + "-";
        }
    }

    /** IAM has no OIDC provider through which the role can be assumed. */
    record OidcProviderMissing(String message) implements Failure {
        @Override
        public Reason reason() {
            return Reason.OidcProviderMissing;
        }
    }

    /** Another resource or user owns the ServiceAccount. */
    record ServiceAccountConflict(String message) implements Failure {
        @Override
        public Reason reason() {
            return Reason.ServiceAccountConflict;
        }
    }

    /** The ServiceAccount does not exist, and the operator waits for it. */
    record ServiceAccountMissing(String name) implements Failure {
        @Override
        public Reason reason() {
            return Reason.ServiceAccountMissing;
        }

        @Override
        public String message() {
            return "ServiceAccount " + name + " does not exist and spec.serviceAccount.management is Annotate;"
                    + " create it, or set management to Manage";
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

        @Override
        public String message() {
            return "permission denied for " + action + ": " + detail
                    + "; check the operator's permissions, see docs/permissions.md";
        }
    }

    /**
     * The API server rejected a write, for example by admission control. No permission is missing, but a user has to resolve
     * it.
     *
     * @param action the permission that the call needs, such as {@code create serviceaccounts}
     * @param detail the message of the server
     */
    record WriteRefused(String action, String detail) implements Failure {
        @Override
        public Reason reason() {
            return Reason.AccessDenied;
        }

        @Override
        public String message() {
            return "the API server rejected the request to " + action + ": " + detail;
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
}
