package dev.irsa.core.failure;

import dev.irsa.core.text.Page;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reports what is on a role that the operator neither removes nor replaces, because only a user may. */
public final class RoleFailure {
    private static final String IS_QUARANTINED = " is quarantined by ";

    private RoleFailure() {}

    /** Returns the failure of a spec without a permissions boundary whose role has one, which only a user may remove. */
    public static Failure boundaryInTheWay(String role, String boundary) {
        return new Failure.Plain(
                Reason.InvalidSpec,
                "spec.role.permissionsBoundaryARN: role " + role + " has the permissions boundary " + boundary
                        + ", which the operator never removes; set it in the spec or require it in the IamEntitlement, or, if the role"
                        + " needs none, run:"
                        + " aws iam delete-role-permissions-boundary --role-name " + role,
                Retry.SLOWLY);
    }

    /**
     * Returns the failure of a change that AWS denied to a role for which no permissions boundary is set. The operator's AWS policy
     * requires one if it was generated with {@code --boundary-arn}.
     */
    public static Failure boundaryMissing(String role, Failure.AccessDenied denied) {
        return Failure.of(
                Reason.AccessDenied,
                denied.denial() + "; neither the spec nor the"
                        + " entitlement sets a permissions boundary for role " + role
                        + ", which the operator's AWS policy"
                        + " requires if --boundary-arn was set; set spec.role.permissionsBoundaryARN, or ask"
                        + " a platform engineer to set require.permissionsBoundaryARN in the entitlement"
                        + Page.PERMISSIONS.reference());
    }

    /**
     * Returns the failure to attach a required policy to a role whose permissions boundary has to be replaced, which happens after
     * that. AWS denies it if the operator's AWS policy was generated with {@code --boundary-arn} and does not list the current boundary.
     *
     * @param boundary ARN of the current boundary
     */
    public static Failure boundaryOutdated(
            String role, String boundary, String entitlement, Failure.AccessDenied denied) {
        return Failure.of(
                Reason.AccessDenied,
                denied.denial() + "; role " + role + " still has the permissions boundary " + boundary
                        + ", which is replaced only after the policies that IamEntitlement " + entitlement
                        + " requires are attached; if the operator's AWS policy was generated with --boundary-arn, ask a"
                        + " platform engineer to list this boundary there too, until no role has it; otherwise, ask for"
                        + " the permission" + Page.PERMISSIONS.reference());
    }

    /**
     * Returns the failure to attach a policy to a role of which an entitlement requires policies. It is one of them, or they leave
     * too little of a quota.
     *
     * @param policy ARN of the policy that could not be attached
     * @param required ARNs of the policies that the entitlement requires
     */
    public static Failure requirementRefused(String policy, Set<String> required, String entitlement, Failure failure) {
        boolean itself = required.contains(policy);
        String message = failure.message() + "; IamEntitlement " + entitlement + " requires "
                + (itself ? "this policy" : String.join(", ", required)) + " on every role that it allows";
        String grantsNothing = itself ? ", and nothing more is granted without it" : "";
        String remedy = switch (failure.reason()) {
            case QuotaExceeded ->
                "; remove a policy from spec.policies.managed, ask a platform engineer to require fewer, or have the quota raised";
            case PolicyNotFound -> itself ? "; ask a platform engineer to correct require.managedPolicies" : "";
            default -> "";
        };
        return new Failure.Plain(failure.reason(), message + grantsNothing + remedy, failure.retry());
    }

    /**
     * Returns the failure of a role with an inline policy that only denies and that the operator did not write under the name in the
     * spec. It may have cut off the role after an incident, and is never replaced.
     */
    public static Failure policyProtected(String role, String policy) {
        return Failure.of(
                Reason.PolicyProtected,
                "role " + role + " has an inline policy " + policy
                        + " that only denies; the operator did not write it under the name in the spec, so it does not"
                        + " replace it; give the policy in the spec another name, or, when the"
                        + " incident is over, run: aws iam delete-role-policy --role-name " + role
                        + " --policy-name " + policy + Page.INCIDENT_END.reference());
    }

    /**
     * Returns the failure of a role that responders have cut off by these policies, so that it is neither deleted nor released.
     *
     * @param managed ARNs of attached policies
     * @param inline names of inline policies
     */
    public static Failure quarantined(String role, Set<String> managed, Set<String> inline) {
        String policies = Stream.concat(managed.stream(), inline.stream()).collect(Collectors.joining(", "));
        Stream<String> detach =
                managed.stream().map(arn -> "aws iam detach-role-policy --role-name " + role + " --policy-arn " + arn);
        Stream<String> delete = inline.stream()
                .map(name -> "aws iam delete-role-policy --role-name " + role + " --policy-name " + name);
        return new Failure.DeletionBlocked("role " + role + IS_QUARANTINED + policies
                + ", which the operator never removes, so it neither"
                + " deletes nor releases the role; when the incident is over, ask the responders of the AWS account"
                + " to run: " + Stream.concat(detach, delete).collect(Collectors.joining(" && "))
                + "; the deletion then continues by itself" + Page.INCIDENT_END.reference());
    }

    /** Returns whether this is the message of a {@link #quarantined} role. A status keeps nothing else of it. */
    public static boolean isQuarantine(String message) {
        return message.startsWith("role ") && message.contains(IS_QUARANTINED);
    }
}
