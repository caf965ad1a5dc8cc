package dev.irsa.core.failure;

/**
 * One thing that went wrong. The message is for the reader of {@code kubectl describe}: it names the thing, the
 * problem and the way out, and says the same each time, so that a failure that repeats changes nothing.
 */
public sealed interface Failure {
    /** The reason that conditions and events carry. */
    Reason reason();

    /** A sentence for people. */
    String message();

    /** When to try again. */
    default Retry retry() {
        return reason().retry();
    }

    /** Whether only a person can help. */
    default boolean stalled() {
        return reason().stalled();
    }

    /** The spec asks for what can never be: {@code field} is its path from the root of the object. */
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

    /** The spec names no permissions boundary and the role has one; whoever removes it must be a person. */
    record BoundaryInTheWay(String role, String boundary) implements Failure {
        @Override
        public Reason reason() {
            return Reason.InvalidSpec;
        }

        @Override
        public Retry retry() {
            return Retry.SLOWLY;
        }

        @Override
        public String message() {
            return "spec.role.permissionsBoundaryArn: role " + role + " has the permissions boundary " + boundary
                    + ", and the operator never removes one; name it in the spec, or run:"
                    + " aws iam delete-role-permissions-boundary --role-name " + role;
        }
    }

    /** The role is not provably this resource's; it is left alone. */
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

    /** No entitlement allows what the spec asks for. */
    record NotEntitled(String message) implements Failure {
        @Override
        public Reason reason() {
            return Reason.NotEntitled;
        }
    }

    /** IAM has no OIDC provider with which the role could be assumed. */
    record OidcProviderMissing(String message) implements Failure {
        @Override
        public Reason reason() {
            return Reason.OidcProviderMissing;
        }
    }

    /** The ServiceAccount is taken. */
    record ServiceAccountConflict(String message) implements Failure {
        @Override
        public Reason reason() {
            return Reason.ServiceAccountConflict;
        }
    }

    /** The ServiceAccount is waited for. */
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
     * A call was not authorised.
     *
     * @param action the right that is missing, such as {@code iam:CreateRole} or {@code patch serviceaccounts}
     * @param detail the words of the server
     */
    record AccessDenied(String action, String detail) implements Failure {
        @Override
        public Reason reason() {
            return Reason.AccessDenied;
        }

        @Override
        public String message() {
            return "the operator is not allowed to " + action + ": " + detail;
        }
    }

    /**
     * The API server refuses what was sent: by admission, or because it does not take it. No right is missing, and a
     * person has to look all the same.
     *
     * @param action the right that the call needs, such as {@code create serviceaccounts}
     * @param detail the words of the server
     */
    record WriteRefused(String action, String detail) implements Failure {
        @Override
        public Reason reason() {
            return Reason.AccessDenied;
        }

        @Override
        public String message() {
            return "the API server refuses to " + action + ": " + detail;
        }
    }

    /**
     * AWS refused for a reason that the spec or the account has to change.
     *
     * @param reason QuotaExceeded, MalformedPolicy, PolicyNotFound, OidcProviderMissing or InvalidSpec
     */
    record Refused(Reason reason, String action, String detail) implements Failure {
        @Override
        public String message() {
            return "AWS refused " + action + ": " + detail;
        }
    }

    /** It passes: Throttled, AwsUnavailable, CredentialsUnavailable, KubernetesUnavailable or Reconciling. */
    record Passing(Reason reason, String message) implements Failure {}

    /** The deletion is held up; what holds it may pass or may need a person, and is looked at again either way. */
    record DeletionBlocked(String message) implements Failure {
        @Override
        public Reason reason() {
            return Reason.DeletionBlocked;
        }
    }

    /** IAM answered that the role, or what the call names, does not exist. */
    record NotFound(String action, String detail) implements Failure {
        @Override
        public Reason reason() {
            return Reason.Reconciling;
        }

        @Override
        public String message() {
            return action + " found nothing: " + detail;
        }
    }

    /** IAM answered that what is to be made exists already. */
    record AlreadyExists(String detail) implements Failure {
        @Override
        public Reason reason() {
            return Reason.Reconciling;
        }

        @Override
        public String message() {
            return "the role exists already: " + detail;
        }
    }

    /** IAM will not delete a role to which something is still attached. */
    record RoleInUse(String detail) implements Failure {
        @Override
        public Reason reason() {
            return Reason.DeletionBlocked;
        }

        @Override
        public String message() {
            return "the role is in use: " + detail;
        }
    }
}
