package dev.irsa.sweep;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.PolicyProtection;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.ownership.Owner;
import dev.irsa.core.ownership.Ownership;
import dev.irsa.core.plan.Quarantine;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.core.plan.RoleDeletionPlanner;
import dev.irsa.port.ActivityListener;
import dev.irsa.port.Cluster;
import dev.irsa.port.CrdState;
import dev.irsa.port.RoleReads.CreatedRole;
import dev.irsa.port.Roles;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Deletes orphaned roles, a few at a time, because many at once indicate another problem. */
record OrphanRemover(Roles roles, Cluster cluster, ActivityListener changes) {
    private static final int MAX_ORPHANS = 10;
    private static final int MAX_PERCENT = 5;

    /** Returns why none of the orphans may be deleted when there are too many of them; otherwise empty. */
    static Optional<String> tooMany(int orphans, int roles) {
        boolean tooMany = orphans > MAX_ORPHANS || orphans * 100L > (long) roles * MAX_PERCENT;
        return tooMany
                ? Optional.of("the operator deletes none of them because " + orphans + " of " + roles
                        + " roles exceed the limit of " + MAX_ORPHANS + " roles or " + MAX_PERCENT
                        + " %; find out why their resources are missing, then apply the resources again or delete the"
                        + " roles yourself")
                : Optional.empty();
    }

    /** Deletes a role; returns the reason if it was not deleted. */
    Optional<String> remove(OrphanedRole orphan, ClusterIdentity identity) {
        try {
            Optional<CreatedRole> found = roles.roleWithCreationTime(orphan.roleName());
            Optional<String> obstacle = found.isEmpty()
                    ? Optional.of("it no longer exists")
                    : obstacle(orphan, found.get().role(), identity)
                            .or(() -> lostDefinition(found.get().createdAt()))
                            .or(() -> instanceProfiles(orphan.roleName()));
            if (obstacle.isPresent()) {
                return obstacle;
            }
            ObservedPolicies policies = roles.policies(orphan.roleName());
            Optional<String> quarantine = quarantine(orphan.roleName(), policies, identity);
            if (quarantine.isPresent()) {
                return quarantine;
            }
            List<RoleChange> removal =
                    RoleDeletionPlanner.removal(orphan.roleName(), policies, identity.protectedPolicies(), List.of());
            // The last check: nothing but the deletion may follow it.
            if (cluster.definition() != CrdState.INTACT
                    || mayHaveResource(orphan, found.get().role(), identity)) {
                return Optional.of("a resource of that name exists");
            }
            for (RoleChange change : removal) {
                roles.apply(change);
                changes.changed(change, false);
            }
            return Optional.empty();
        } catch (FailureException e) {
            return Optional.of(e.failure().message());
        }
    }

    /** Returns whether a resource that may have the role exists according to the API server. */
    private boolean mayHaveResource(OrphanedRole orphan, ObservedRole role, ClusterIdentity identity) {
        String namespace = orphan.resource().namespace();
        String name = orphan.resource().name();
        return cluster.uidNow(namespace, name)
                .filter(uid -> cluster.cached(namespace, name)
                        .filter(resource -> resource.getMetadata().getUid().equals(uid))
                        .filter(resource -> !OrphanFinder.mayHave(role, resource, identity))
                        .isEmpty())
                .isPresent();
    }

    private static Optional<String> obstacle(OrphanedRole orphan, ObservedRole role, ClusterIdentity identity) {
        if (!role.id().equals(orphan.roleId())) {
            return Optional.of("it was deleted and recreated");
        }
        switch (Ownership.of(
                identity.owner(orphan.resource().namespace(), orphan.resource().name()), role.tags())) {
            case Ownership.Ours ours -> {}
            case Ownership.Foreign foreign -> {
                return Optional.of("it no longer has the tags of its resource (" + foreign.evidence() + ")");
            }
            case Ownership.TakeoverAllowed allowed -> {
                return Optional.of("it has the tags of a cluster that this one replaces");
            }
            case Ownership.Adoptable adoptable -> {
                return Optional.of("it is offered for adoption");
            }
            case Ownership.TakeoverDenied denied -> {
                return Optional.of("it " + denied.why());
            }
        }
        if (Owner.isAdoptedFromOthers(role.tags())) {
            return Optional.of(
                    "it was adopted, and the operator deletes an adopted role only with deletionPolicy: Delete");
        }
        if (Owner.isOffered(role.tags())) {
            return Optional.of("it is offered for adoption, perhaps by a release that did not complete");
        }
        // Tags alone prove nothing: any client can put them on any role.
        return role.path().startsWith(identity.rolePath())
                        && !role.name().equalsIgnoreCase(identity.account().operatorRole())
                ? Optional.empty()
                : Optional.of("it is the operator's own role or is not under the path " + identity.rolePath());
    }

    /** Without its resource, nothing shows which policies the operator wrote, so that all that deny everything stay. */
    private static Optional<String> quarantine(String role, ObservedPolicies policies, ClusterIdentity identity) {
        PolicyProtection protection = PolicyProtection.of(
                identity.protectedPolicies(), identity.account().managedPoliciesPerRole());
        Quarantine quarantine = Quarantine.of(policies, protection);
        return quarantine
                .obstacle(role)
                .map(_ -> "it is quarantined by " + quarantine.policies()
                        + ", which only the responders of the AWS account may remove");
    }

    /** IAM would refuse to delete the role, but only after its policies were deleted, also those that deny. */
    private Optional<String> instanceProfiles(String role) {
        List<String> profiles = roles.instanceProfiles(role);
        return profiles.isEmpty() ? Optional.empty() : Optional.of("it is in the instance profiles " + profiles);
    }

    /** A role older than the CustomResourceDefinition belongs to an earlier one, which was lost with its resources. */
    private Optional<String> lostDefinition(Instant createdAt) {
        Optional<Instant> defined = cluster.definedSince();
        return defined.isPresent() && !createdAt.isBefore(defined.get())
                ? Optional.empty()
                : Optional.of(
                        "it is older than the CustomResourceDefinition; its resource may have been lost with an earlier"
                                + " one");
    }
}
