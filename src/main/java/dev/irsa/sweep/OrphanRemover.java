package dev.irsa.sweep;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.ownership.Owner;
import dev.irsa.core.ownership.Ownership;
import dev.irsa.core.plan.DeletionPlanner;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.port.ChangeListener;
import dev.irsa.port.Cloud;
import dev.irsa.port.Cloud.Made;
import dev.irsa.port.Cluster;
import dev.irsa.port.CrdState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Removes roles that nobody owns any more, a few at a time: many at once are a sign that something else is wrong. */
final class OrphanRemover {
    private static final int MOST = 10;
    private static final int MOST_PERCENT = 5;

    private final Cloud cloud;
    private final Cluster cluster;
    private final ChangeListener changes;

    OrphanRemover(Cloud cloud, Cluster cluster, ChangeListener changes) {
        this.cloud = cloud;
        this.cluster = cluster;
        this.changes = changes;
    }

    /** Why so many of our roles must not be removed in one go. */
    static Optional<String> tooMany(int orphans, int roles) {
        boolean many = orphans > MOST || orphans * 100L > (long) roles * MOST_PERCENT;
        return many
                ? Optional.of("none is removed, as " + orphans + " of " + roles + " roles are more than " + MOST
                        + " or "
                        + MOST_PERCENT + " %; find out where their resources went, apply them again or remove the roles"
                        + " yourself")
                : Optional.empty();
    }

    /** Removes one; answers why it was not, when it was not. */
    Optional<String> remove(OrphanedRole orphan, ClusterIdentity identity) {
        try {
            Optional<Made> found = cloud.made(orphan.roleName());
            Optional<String> obstacle = found.isEmpty()
                    ? Optional.of("it has gone meanwhile")
                    : obstacle(orphan, found.get().role(), identity)
                            .or(() -> lostDefinition(found.get().at()));
            if (obstacle.isPresent()) {
                return obstacle;
            }
            List<RoleChange> removal = DeletionPlanner.removal(orphan.roleName(), cloud.policies(orphan.roleName()));
            // Last of all: nothing but the removal may come after this question.
            if (cluster.definition() != CrdState.INTACT
                    || cluster.uidNow(orphan.namespace(), orphan.resource()).isPresent()) {
                return Optional.of("its resource is back");
            }
            for (RoleChange change : removal) {
                cloud.apply(change);
                changes.made(change, false);
            }
            return Optional.empty();
        } catch (FailureException e) {
            return Optional.of(e.failure().message());
        }
    }

    private static Optional<String> obstacle(OrphanedRole orphan, ObservedRole role, ClusterIdentity identity) {
        if (!role.id().equals(orphan.roleId())) {
            return Optional.of("it has been made anew");
        }
        switch (Ownership.of(identity.owner(orphan.namespace(), orphan.resource()), role.tags())) {
            case Ownership.Ours ours -> {}
            case Ownership.Foreign foreign -> {
                return Optional.of("it no longer carries the tags of its resource (" + foreign.evidence() + ")");
            }
            case Ownership.Inherited inherited -> {
                return Optional.of("it carries the tags of a cluster that this one replaces");
            }
            case Ownership.Offered offered -> {
                return Optional.of("it is offered for adoption");
            }
            case Ownership.Contested contested -> {
                return Optional.of("it " + contested.why());
            }
        }
        if (Owner.isAdopted(role.tags())) {
            return Optional.of("it was adopted, and only deletionPolicy: Delete removes one that was");
        }
        // Tags alone may have been put on anybody's role.
        return role.path().startsWith(identity.rolePath())
                        && !role.name().equalsIgnoreCase(identity.account().operatorRole())
                ? Optional.empty()
                : Optional.of("it is not one of those under " + identity.rolePath());
    }

    /** A role that is older than the definition has seen another one, which was lost with all its resources. */
    private Optional<String> lostDefinition(Instant made) {
        Optional<Instant> defined = cluster.definedSince();
        return defined.isPresent() && !made.isBefore(defined.get())
                ? Optional.empty()
                : Optional.of(
                        "it is older than the CustomResourceDefinition, with which its resource may have been lost");
    }
}
