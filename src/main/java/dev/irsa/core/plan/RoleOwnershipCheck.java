package dev.irsa.core.plan;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.desired.RoleOrigin;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.ownership.Ownership;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.plan.RoleChange.TagRole;
import dev.irsa.core.text.Page;
import java.util.Optional;

/** Decides whether a role belongs to a resource, and how a role that may become the resource's is claimed. */
public final class RoleOwnershipCheck {
    private RoleOwnershipCheck() {}

    /** Returns whether the role is provably ours. */
    public static boolean isOurs(DesiredRole desired, ObservedRole role) {
        return role.arn().equals(desired.identity().arn()) && ownership(desired, role) instanceof Ownership.Ours;
    }

    /** Returns whether the role is offered to us and not ours yet. */
    public static boolean isOffered(DesiredRole desired, ObservedRole role) {
        return desired.origin() != RoleOrigin.CREATED
                && role.arn().equals(desired.identity().arn())
                && ownership(desired, role) instanceof Ownership.Adoptable;
    }

    /** Returns why the role must not be changed; empty if it is ours or may become ours. */
    public static Optional<Failure> conflict(DesiredRole desired, ObservedRole role) {
        return reason(desired, role).map(why -> Failure.roleConflict(desired.name(), why));
    }

    private static Optional<String> reason(DesiredRole desired, ObservedRole role) {
        if (!role.arn().equals(desired.identity().arn())) {
            return Optional.of("exists as " + role.arn()
                    + ", and role names are unique in an account regardless of case and path;"
                    + " create a resource with another spec.role.name");
        }
        boolean accepts = desired.origin() != RoleOrigin.CREATED;
        return switch (ownership(desired, role)) {
            case Ownership.Ours _, Ownership.TakeoverAllowed _ -> Optional.empty();
            case Ownership.Adoptable _ ->
                accepts
                        ? Optional.empty()
                        : Optional.of("exists and is offered to this resource by the tag " + OwnershipTags.ADOPTABLE_BY
                                + "; to accept it, set spec.role.adoption to IfOffered"
                                + Page.ROLE_CONFLICT.reference());
            case Ownership.TakeoverDenied(String evidence, String flag) ->
                Optional.of(evidence + "; to let this cluster take it over anyway, run: aws iam untag-role --role-name "
                        + role.name() + " --tag-keys " + OwnershipTags.TAKEN_FROM
                        + (flag.isEmpty() ? "" : "; then run the operator with " + flag)
                        + Page.ROLE_CONFLICT.reference());
            case Ownership.Foreign foreign ->
                Optional.of(sibling(desired, role)
                        .map(owner -> "exists and is owned by IamServiceAccount " + owner + " (" + foreign.evidence()
                                + "); create a resource with another spec.role.name" + Page.ROLE_CONFLICT.reference())
                        .orElseGet(() -> "exists but this resource does not manage it (" + foreign.evidence() + "); "
                                + foreign.wayOut()
                                + adoption(desired, role, foreign, accepts) + Page.ROLE_CONFLICT.reference()));
        };
    }

    /** Returns how to adopt the role; empty if it has another owner that the user has not given up. */
    private static String adoption(DesiredRole desired, ObservedRole role, Ownership.Foreign foreign, boolean accepts) {
        if (accepts) {
            return "; to adopt it, run: " + offer(desired, role, foreign);
        }
        return foreign.marks().isEmpty()
                ? ", or adopt it with spec.role.adoption: IfOffered and a spec.deletionPolicy"
                : "";
    }

    /** Returns the commands by which a user with IAM permissions offers the role for adoption. */
    private static String offer(DesiredRole desired, ObservedRole role, Ownership.Foreign foreign) {
        String untag = foreign.marks().isEmpty()
                ? ""
                : "aws iam untag-role --role-name " + role.name() + " --tag-keys " + String.join(" ", foreign.marks())
                        + " && ";
        return untag + "aws iam tag-role --role-name " + role.name() + " --tags Key=" + OwnershipTags.ADOPTABLE_BY
                + ",Value=" + desired.identity().owner().offer();
    }

    /** Returns whether the role was ours before, or belonged to a previous cluster of ours, so that we wrote its policies. */
    public static boolean isOursOrPredecessors(DesiredRole desired, ObservedRole role) {
        return switch (ownership(desired, role)) {
            case Ownership.Ours _, Ownership.TakeoverAllowed _ -> true;
            case Ownership.Adoptable _, Ownership.TakeoverDenied _, Ownership.Foreign _ -> false;
        };
    }

    /** Returns the one change that claims a role. It precedes every other change. */
    static Optional<TagRole> claim(DesiredRole desired, ObservedRole role) {
        return switch (ownership(desired, role)) {
            case Ownership.TakeoverAllowed(var claim) -> Optional.of(new TagRole(desired.name(), claim));
            case Ownership.Adoptable(var claim) -> Optional.of(new TagRole(desired.name(), claim));
            case Ownership.Ours _, Ownership.TakeoverDenied _, Ownership.Foreign _ -> Optional.empty();
        };
    }

    private static Optional<String> sibling(DesiredRole desired, ObservedRole role) {
        return desired.identity().owner().owningResource(role.tags());
    }

    private static Ownership ownership(DesiredRole desired, ObservedRole role) {
        return Ownership.of(desired.identity().owner(), role.tags());
    }
}
