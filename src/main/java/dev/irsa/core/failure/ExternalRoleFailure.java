package dev.irsa.core.failure;

/** Why pods cannot use a role that others manage. Only they can change it. */
public sealed interface ExternalRoleFailure extends Failure {
    /** IAM has no role with this ARN. */
    record RoleNotFound(String arn) implements ExternalRoleFailure {
        @Override
        public Reason reason() {
            return Reason.RoleNotFound;
        }

        @Override
        public String message() {
            return "role " + arn
                    + " does not exist: IAM has none with this path and name in this spelling; create it, or"
                    + " correct spec.role.external";
        }
    }

    /**
     * The trust policy of the role does not admit the ServiceAccount. The message has no part of that trust policy, because
     * users of the namespace may not be allowed to read it.
     *
     * @param gap what the trust policy is missing
     * @param statement the statement that would admit the ServiceAccount, as JSON
     */
    record TrustMissing(String arn, String gap, String statement) implements ExternalRoleFailure {
        @Override
        public Reason reason() {
            return Reason.TrustMissing;
        }

        @Override
        public String message() {
            return "the trust policy of role " + arn + " does not admit the ServiceAccount: " + gap
                    + "; ask the owner of the role to add this statement to it: " + statement;
        }
    }
}
