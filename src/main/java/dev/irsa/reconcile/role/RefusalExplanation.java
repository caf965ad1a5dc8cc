package dev.irsa.reconcile.role;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.failure.RoleFailure;
import dev.irsa.core.permissions.AwsAction;
import dev.irsa.core.plan.RoleChange;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Explains a refused change of a role by what an entitlement requires of the role, and by its permissions boundary. */
final class RefusalExplanation {
    /** The actions that the operator's AWS policy allows only on roles with one of the boundaries of {@code --boundary-arn}. */
    private static final Set<String> BOUNDED = Stream.of(
                    AwsAction.CREATE_ROLE,
                    AwsAction.UPDATE_ASSUME_ROLE_POLICY,
                    AwsAction.ATTACH_ROLE_POLICY,
                    AwsAction.PUT_ROLE_POLICY)
            .map(AwsAction::id)
            .collect(Collectors.toUnmodifiableSet());

    private RefusalExplanation() {}

    /**
     * Returns the failure, with what to do if that follows from what an entitlement requires.
     *
     * @param current the permissions boundary of the role, if it exists
     */
    static FailureException of(
            RoleChange change, FailureException thrown, DesiredRole desired, Optional<String> current) {
        if (!(thrown.failure() instanceof Failure.AccessDenied denied)
                || !BOUNDED.contains(denied.action())
                || denied.detail().contains("explicit deny")) {
            return requirement(change, thrown, desired);
        }
        if (desired.boundary().isEmpty()) {
            return new FailureException(RoleFailure.boundaryMissing(desired.name(), denied), thrown);
        }
        // What is required is attached before the boundary is replaced, see ChangeOrder.
        return current.filter(boundary -> change instanceof RoleChange.AttachRolePolicy attach
                        && desired.required().current().contains(attach.policyArn())
                        && !boundary.equals(desired.boundary().get()))
                .map(boundary -> new FailureException(
                        RoleFailure.boundaryOutdated(
                                desired.name(), boundary, desired.required().entitlement(), denied),
                        thrown))
                .orElseGet(() -> requirement(change, thrown, desired));
    }

    private static FailureException requirement(RoleChange change, FailureException thrown, DesiredRole desired) {
        Set<String> required = desired.required().current();
        Failure failure = thrown.failure();
        return change instanceof RoleChange.AttachRolePolicy attach
                        && (required.contains(attach.policyArn())
                                || (failure.reason() == Reason.QuotaExceeded && !required.isEmpty()))
                        && !(failure instanceof Failure.Passing)
                ? new FailureException(
                        RoleFailure.requirementRefused(
                                attach.policyArn(), required, desired.required().entitlement(), failure),
                        thrown)
                : thrown;
    }
}
