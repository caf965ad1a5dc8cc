package dev.irsa.core.plan;

import dev.irsa.api.v1beta1.DeletionPolicy;
import dev.irsa.core.desired.ProtectedPolicies;
import dev.irsa.core.desired.RoleIdentity;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.ownership.Owner;
import dev.irsa.core.ownership.Ownership;
import dev.irsa.core.ownership.TagKeys;
import dev.irsa.core.plan.RoleChange.DeleteRole;
import dev.irsa.core.plan.RoleChange.DeleteRolePolicy;
import dev.irsa.core.plan.RoleChange.DetachRolePolicy;
import dev.irsa.core.plan.RoleChange.TagRole;
import dev.irsa.core.plan.RoleChange.UntagRole;
import dev.irsa.core.text.Page;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Plans what happens to a role when its resource is deleted. Whether a responder has cut it off, so that it stays, is decided
 * by {@link Quarantine} before.
 */
public final class RoleDeletionPlanner {
    private RoleDeletionPlanner() {}

    /**
     * Decides what happens to the role that was found under the resource's role name.
     *
     * @param written the policy in the spec; empty means Delete, or Retain for an adopted role
     * @param role the role as it was just read
     * @param policies the known policies; others are found when IAM refuses the deletion
     * @param protectedPolicies the managed policies that are never detached
     * @param required the managed policies that an entitlement requires
     * @param knownId the id of the role that the resource is known to have; the empty string if none is known
     */
    public static RoleDeletionDecision of(
            RoleIdentity identity,
            Optional<DeletionPolicy> written,
            ObservedRole role,
            ObservedPolicies policies,
            ProtectedPolicies protectedPolicies,
            Collection<String> required,
            String knownId) {
        DeletionPolicy policy =
                written.orElse(Owner.isAdoptedFromOthers(role.tags()) ? DeletionPolicy.Retain : DeletionPolicy.Delete);
        boolean retain = policy == DeletionPolicy.Retain;
        boolean known = role.id().equals(knownId);
        Ownership ownership = Ownership.of(identity.owner(), role.tags());
        if (isOwned(identity, role, knownId)) {
            return retain
                    ? new RoleDeletionDecision.Retained(release(identity, role))
                    : new RoleDeletionDecision.Removed(removal(role.name(), policies, protectedPolicies, required));
        }
        boolean offered = ownership instanceof Ownership.Adoptable && written.isEmpty();
        if (known && (retain || offered)) {
            // It was released, and the process ended before it removed the finalizer.
            return new RoleDeletionDecision.Retained(List.of());
        }
        if (ownership instanceof Ownership.TakeoverDenied(String why, var flag)) {
            return new RoleDeletionDecision.NeverOurs(
                    "role " + role.name() + " " + why + "; the operator did not change it");
        }
        if (known) {
            return new RoleDeletionDecision.Blocked(
                    "role " + role.name() + " was created for this resource, but its ownership tags are"
                            + " missing, so the operator does not delete it; restore the tags, or set spec.deletionPolicy to Retain"
                            + " to keep the role" + Page.STUCK_DELETION.reference());
        }
        return new RoleDeletionDecision.NeverOurs(
                "role " + role.arn() + " does not belong to this resource; the operator did not change it");
    }

    /**
     * Returns whether the role belongs to the resource. One that was never taken over may belong to a running cluster, although
     * our configuration names it.
     *
     * @param knownId the id of the role that the resource is known to have; the empty string if none is known
     */
    public static boolean isOwned(RoleIdentity identity, ObservedRole role, String knownId) {
        boolean had = switch (Ownership.of(identity.owner(), role.tags())) {
            case Ownership.Ours _ -> true;
            case Ownership.TakeoverAllowed _ -> role.id().equals(knownId);
            default -> false;
        };
        return had && role.arn().equals(identity.arn());
    }

    /**
     * Returns the changes that delete a role with these policies. Policies that only deny, and those that an entitlement requires,
     * are removed last: a deletion that stops half-way must not give a role access that it did not have. Protected policies are never detached: IAM then
     * refuses to delete the role.
     */
    public static List<RoleChange> removal(
            String role, ObservedPolicies policies, ProtectedPolicies protectedPolicies, Collection<String> required) {
        List<RoleChange> changes = new ArrayList<>();
        List<RoleChange> last = new ArrayList<>();
        policies.attached().stream()
                .filter(arn -> !protectedPolicies.protects(arn))
                .forEach(arn -> (required.contains(arn) ? last : changes).add(new DetachRolePolicy(role, arn)));
        policies.inline()
                .forEach((name, document) -> (document.onlyDenies() ? last : changes)
                        .add(new DeleteRolePolicy(role, name, document.onlyDenies())));
        changes.addAll(last);
        changes.add(new DeleteRole(role));
        return changes;
    }

    /**
     * Returns the changes that release a role. It is offered first, so that it can be adopted again. All ownership tags are
     * then removed in one call, so that a role is never half owned. The record of which tags came from a spec stays, and so does
     * that of who created the role.
     */
    private static List<RoleChange> release(RoleIdentity identity, ObservedRole role) {
        TreeMap<String, String> tags = new TreeMap<>(TagKeys.ORDER);
        tags.putAll(role.tags());
        List<RoleChange> changes = new ArrayList<>();
        SortedMap<String, String> offer = identity.owner().offerTags(role.tags());
        if (!tags.entrySet().containsAll(offer.entrySet())) {
            changes.add(new TagRole(role.name(), offer));
        }
        TreeSet<String> ours = new TreeSet<>(TagKeys.ORDER);
        ours.addAll(identity.owner().ownershipTagKeys());
        ours.removeAll(offer.keySet());
        changes.add(new UntagRole(
                role.name(),
                role.tags().keySet().stream().filter(ours::contains).collect(Collectors.toCollection(TreeSet::new))));
        return changes;
    }
}
