package dev.irsa.core.failure;

/** An error response of AWS that callers may expect and handle. */
public sealed interface AwsFailure extends Failure {
    @Override
    default Reason reason() {
        return switch (this) {
            case Refused(Reason reason, var _, var _) -> reason;
            case RoleInUse _ -> Reason.DeletionBlocked;
            case NotFound _, AlreadyExists _, AssociationExists _ -> Reason.Reconciling;
        };
    }

    /**
     * AWS rejected a call, and the spec or the account has to change.
     *
     * @param reason QuotaExceeded, MalformedPolicy, PolicyNotFound, OidcProviderMissing, PodIdentityUnavailable or InvalidSpec
     */
    record Refused(Reason reason, String action, String detail) implements AwsFailure {
        @Override
        public String message() {
            return "AWS rejected " + action + ": " + detail;
        }
    }

    /** IAM answered that the role, or another entity of the call, does not exist. */
    record NotFound(String action, String detail) implements AwsFailure {
        @Override
        public String message() {
            return action + " returned a not-found error: " + detail;
        }
    }

    /** IAM answered that the role already exists. */
    record AlreadyExists(String detail) implements AwsFailure {
        @Override
        public String message() {
            return "the role already exists: " + detail;
        }
    }

    /**
     * EKS reported that the ServiceAccount already has an association.
     *
     * @param id of that association; the empty string if EKS did not name it
     */
    record AssociationExists(String id, String detail) implements AwsFailure {
        @Override
        public String message() {
            return "EKS reported that the ServiceAccount already has an association: " + detail;
        }
    }

    /** IAM does not delete a role that still has policies or instance profiles. */
    record RoleInUse(String detail) implements AwsFailure {
        @Override
        public String message() {
            return "IAM does not delete the role because it is in use: " + detail;
        }
    }
}
