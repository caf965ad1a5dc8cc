package dev.irsa.core.failure;

import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is on a role that the operator neither removes nor replaces, because only a user may. */
public sealed interface RoleFailure extends Failure {
    /** The spec names no permissions boundary and the role has one, which only a user may remove. */
    record BoundaryInTheWay(String role, String boundary) implements RoleFailure {
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
                    + ", which the operator never removes; set it in the spec, or run:"
                    + " aws iam delete-role-permissions-boundary --role-name " + role;
        }
    }

    /**
     * AWS denied a change of a role for which no permissions boundary is set. The operator's AWS policy requires one if it was
     * generated with {@code --boundary-arn}.
     */
    record BoundaryMissing(String role, Failure.AccessDenied denied) implements RoleFailure {
        @Override
        public Reason reason() {
            return Reason.AccessDenied;
        }

        @Override
        public String message() {
            return "permission denied for " + denied.action() + ": " + denied.detail() + "; neither the spec nor the"
                    + " entitlement sets a permissions boundary for role " + role + ", which the operator's AWS policy"
                    + " requires if --boundary-arn was set; set spec.role.permissionsBoundaryArn, or ask"
                    + " a platform engineer to set permissionsBoundaryArn in the entitlement; see docs/permissions.md";
        }
    }

    /**
     * An inline policy on the role only denies and was not written by the operator. It may have cut off the role after an
     * incident, and is never replaced.
     */
    record PolicyProtected(String role, String policy) implements RoleFailure {
        @Override
        public Reason reason() {
            return Reason.PolicyProtected;
        }

        @Override
        public String message() {
            return "role " + role + " has an inline policy " + policy
                    + " that only denies and that the operator did not"
                    + " write, so the operator does not replace it; give the policy in the spec another name, or, when"
                    + " the incident is over, run: aws iam delete-role-policy --role-name " + role + " --policy-name "
                    + policy + "; see docs/incident-response.md";
        }
    }

    /**
     * Responders have cut off the role by these policies, so that it is neither deleted nor released.
     *
     * @param managed ARNs of attached policies
     * @param inline names of inline policies
     */
    record Quarantined(String role, SortedSet<String> managed, SortedSet<String> inline) implements RoleFailure {
        private static final String IS_QUARANTINED = " is quarantined by ";

        /** Returns whether this is the message of such a failure. A status keeps nothing else of it. */
        public static boolean isMessage(String message) {
            return message.startsWith("role ") && message.contains(IS_QUARANTINED);
        }

        @Override
        public Reason reason() {
            return Reason.DeletionBlocked;
        }

        /** Returns the names and ARNs of the policies, separated by commas. */
        public String policies() {
            return Stream.concat(managed.stream(), inline.stream()).collect(Collectors.joining(", "));
        }

        @Override
        public String message() {
            return "role " + role + IS_QUARANTINED + policies() + ", which the operator never removes, so it neither"
                    + " deletes nor releases the role; when the incident is over, ask the responders of the AWS account"
                    + " to run: " + commands()
                    + "; the deletion then continues by itself; see docs/incident-response.md";
        }

        private String commands() {
            return Stream.concat(
                            managed.stream()
                                    .map(arn ->
                                            "aws iam detach-role-policy --role-name " + role + " --policy-arn " + arn),
                            inline.stream()
                                    .map(name -> "aws iam delete-role-policy --role-name " + role + " --policy-name "
                                            + name))
                    .collect(Collectors.joining(" && "));
        }
    }
}
