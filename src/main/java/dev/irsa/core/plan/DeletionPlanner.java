package dev.irsa.core.plan;

import dev.irsa.api.v1alpha1.DeletionPolicy;
import dev.irsa.core.desired.RoleIdentity;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.ownership.Owner;
import dev.irsa.core.ownership.Ownership;
import dev.irsa.core.plan.RoleChange.DeleteRole;
import dev.irsa.core.plan.RoleChange.DeleteRolePolicy;
import dev.irsa.core.plan.RoleChange.DetachRolePolicy;
import dev.irsa.core.plan.RoleChange.TagRole;
import dev.irsa.core.plan.RoleChange.UntagRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What becomes of a role when its resource goes. */
public final class DeletionPlanner {
    private DeletionPlanner() {}

    /**
     * The fate of the role that was found under the resource's name.
     *
     * @param written what the spec says; empty: Delete, but Retain for a role that was adopted
     * @param role the role as just read
     * @param policies what is known to be attached to it; more is found out when IAM refuses the deletion
     * @param knownId the id of the role this resource is known to have had; empty: none is known
     */
    public static DeletionDecision of(
            RoleIdentity identity,
            Optional<DeletionPolicy> written,
            ObservedRole role,
            ObservedPolicies policies,
            String knownId) {
        DeletionPolicy policy =
                written.orElse(Owner.isAdopted(role.tags()) ? DeletionPolicy.Retain : DeletionPolicy.Delete);
        boolean retain = policy == DeletionPolicy.Retain;
        boolean itsOwn = role.arn().equals(identity.arn());
        boolean known = role.id().equals(knownId);
        Ownership ownership = Ownership.of(identity.owner(), role.tags());
        // One that was never taken over may be a living cluster's: that our configuration names it is no deed of ours.
        boolean had = ownership instanceof Ownership.Ours || (ownership instanceof Ownership.Inherited && known);
        if (itsOwn && had) {
            return retain
                    ? new DeletionDecision.Retained(release(identity, role))
                    : new DeletionDecision.Removed(removal(role.name(), policies));
        }
        boolean offered = ownership instanceof Ownership.Offered && written.isEmpty();
        if (known && (retain || offered)) {
            // It was set free, and nobody lived to let the resource go.
            return new DeletionDecision.Retained(List.of());
        }
        if (ownership instanceof Ownership.Contested(String why, var flag)) {
            return new DeletionDecision.NeverOurs("role " + role.name() + " " + why + "; it was left alone");
        }
        if (known) {
            return new DeletionDecision.Blocked(
                    "role " + role.name() + " was made by this resource but no longer carries its"
                            + " ownership tags, so it is left alone; put the tags back, or set spec.deletionPolicy to Retain"
                            + " and remove the role yourself; see docs/ownership.md");
        }
        return new DeletionDecision.NeverOurs("role " + role.arn() + " is not this resource's and was left alone");
    }

    /**
     * The calls that remove a role with these policies. Those that only deny go last: a removal that stops half-way
     * must not give a role that was cut off its access back.
     */
    public static List<RoleChange> removal(String role, ObservedPolicies policies) {
        List<RoleChange> changes = new ArrayList<>();
        List<RoleChange> last = new ArrayList<>();
        policies.attached()
                .forEach(arn ->
                        (IncidentResponse.isManagedDeny(arn) ? last : changes).add(new DetachRolePolicy(role, arn)));
        policies.inline()
                .forEach((name, document) ->
                        (document.onlyDenies() ? last : changes).add(new DeleteRolePolicy(role, name)));
        changes.addAll(last);
        changes.add(new DeleteRole(role));
        return changes;
    }

    /**
     * It is offered before it is given up, so that it can be adopted again. Every tag that says whose it is then goes in
     * one call, so that a role is never half owned. Which of its tags came from a spec stays written on it.
     */
    private static List<RoleChange> release(RoleIdentity identity, ObservedRole role) {
        TreeMap<String, String> tags = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        tags.putAll(role.tags());
        List<RoleChange> changes = new ArrayList<>();
        String offer = identity.owner().offer();
        if (!offer.equals(tags.get(Owner.ADOPTABLE_BY))) {
            changes.add(new TagRole(role.name(), new TreeMap<>(Map.of(Owner.ADOPTABLE_BY, offer))));
        }
        TreeSet<String> ours = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        ours.addAll(identity.owner().claims());
        changes.add(new UntagRole(
                role.name(),
                role.tags().keySet().stream().filter(ours::contains).collect(Collectors.toCollection(TreeSet::new))));
        return changes;
    }
}
