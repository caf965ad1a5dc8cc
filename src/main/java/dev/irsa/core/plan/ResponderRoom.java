package dev.irsa.core.plan;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.desired.RequiredPolicies;
import dev.irsa.core.failure.Failure.InvalidSpec;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.RoleObservation;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.policy.PolicyDocument;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The room that specs leave in the quotas of a role, so that responders can always add a policy that denies. A role that has
 * all policies of its spec already, or had them before, is left as it is.
 */
public final class ResponderRoom {
    private static final int MANAGED_ROOM = 1;

    /** Enough for the policy by which the console of AWS revokes sessions, and for one that denies everything. */
    private static final int INLINE_ROOM = 512;

    private ResponderRoom() {}

    /** Returns whether the spec uses some of the room. */
    public static boolean isUsedBy(DesiredRole desired) {
        return usesManaged(desired) || usesInline(desired);
    }

    /** Returns why the spec is refused; empty if it leaves the room, or if the role no longer has it. */
    static Optional<InvalidSpec> obstacle(DesiredRole desired, RoleObservation observed) {
        if (desired.protection().reached()) {
            return Optional.empty();
        }
        if (usesManaged(desired)
                && states(observed).noneMatch(held -> held.attached().containsAll(desired.managed()))) {
            return Optional.of(new InvalidSpec(
                    "spec.policies.managed",
                    desired.managed().size() + " managed policies requested" + requirement(desired) + ", and "
                            + (quota(desired) - MANAGED_ROOM) + " possible (IAM's quota is " + quota(desired)
                            + ", of which "
                            + MANAGED_ROOM + " is kept free for incident response); use at most " + ownRoom(desired)
                            + (desired.required().current().isEmpty() ? "" : " others")
                            + "; if the account has a higher quota, start the operator with"
                            + " --managed-policies-per-role"));
        }
        if (usesInline(desired) && states(observed).noneMatch(held -> hasInline(desired, held))) {
            return Optional.of(new InvalidSpec(
                    "spec.policies.inline",
                    "the documents have " + inlineSize(desired) + " of the " + DesiredRole.INLINE_QUOTA
                            + " characters in total that IAM accepts, and the operator keeps " + INLINE_ROOM
                            + " free for incident response; use at most " + (DesiredRole.INLINE_QUOTA - INLINE_ROOM)
                            + ", or move some into a managed policy"));
        }
        return Optional.empty();
    }

    /** A policy that is required and that the spec names too counts once. */
    private static int ownRoom(DesiredRole desired) {
        return Math.max(
                0, quota(desired) - MANAGED_ROOM - desired.required().current().size());
    }

    private static String requirement(DesiredRole desired) {
        RequiredPolicies required = desired.required();
        return required.current().isEmpty()
                ? ""
                : ", of which IamEntitlement " + required.entitlement() + " requires "
                        + required.current().size() + " (" + String.join(", ", required.current()) + ")";
    }

    private static boolean usesManaged(DesiredRole desired) {
        return desired.managed().size() > quota(desired) - MANAGED_ROOM;
    }

    private static int quota(DesiredRole desired) {
        return desired.protection().managedPoliciesPerRole();
    }

    private static boolean usesInline(DesiredRole desired) {
        return inlineSize(desired) > DesiredRole.INLINE_QUOTA - INLINE_ROOM;
    }

    private static int inlineSize(DesiredRole desired) {
        return desired.inline().values().stream().mapToInt(PolicyDocument::size).sum();
    }

    private static boolean hasInline(DesiredRole desired, ObservedPolicies held) {
        return desired.inline().entrySet().stream()
                .allMatch(policy ->
                        policy.getValue().fingerprint().equals(held.inline().get(policy.getKey())));
    }

    /** Shortly after a write, or a start, either state may be the one that the role has. */
    private static Stream<ObservedPolicies> states(RoleObservation observed) {
        return Stream.concat(observed.shown().stream(), observed.trusted().stream())
                .map(RoleState::policies);
    }
}
