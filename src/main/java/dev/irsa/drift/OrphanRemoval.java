package dev.irsa.drift;

import dev.irsa.desired.ClusterIdentity;
import dev.irsa.failure.FailureException;
import dev.irsa.observed.ObservedRole;
import dev.irsa.ownership.Ownership;
import dev.irsa.plan.DeletionPlanner;
import dev.irsa.plan.RoleChange;
import dev.irsa.port.Cloud;
import dev.irsa.port.Cluster;
import dev.irsa.port.DefinitionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes roles that nobody owns any more, a few at a time: many at once are a sign that something else is wrong. */
final class OrphanRemoval {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanRemoval.class);

    private static final int MOST = 10;
    private static final int MOST_PERCENT = 5;

    private final Cloud cloud;
    private final Cluster cluster;

    OrphanRemoval(Cloud cloud, Cluster cluster) {
        this.cloud = cloud;
        this.cluster = cluster;
    }

    /** Why so many of our roles must not be removed in one go; a single one always may. */
    static Optional<String> tooMany(int orphans, int roles) {
        int limit = Math.clamp((long) roles * MOST_PERCENT / 100, 1, MOST);
        return orphans <= limit
                ? Optional.empty()
                : Optional.of("none is removed, as " + orphans + " of " + roles + " roles are more than the " + limit
                        + " that may go in one sweep (" + MOST + ", or " + MOST_PERCENT
                        + " %); find out where their resources went, apply them again or remove the roles yourself");
    }

    /** Removes them; answers those that are gone. */
    List<Orphan> remove(List<Orphan> orphans, ClusterIdentity identity) {
        List<Orphan> removed = new ArrayList<>();
        for (Orphan orphan : orphans) {
            try {
                if (isStillOurs(orphan, identity)) {
                    List<RoleChange> removal =
                            DeletionPlanner.removal(orphan.roleName(), cloud.policies(orphan.roleName()));
                    // Last of all: nothing but the removal may come after this question.
                    if (isStillGone(orphan)) {
                        removal.forEach(cloud::apply);
                        removed.add(orphan);
                    }
                }
            } catch (FailureException e) {
                LOG.warn("the orphaned role {} could not be removed: {}", orphan, e.getMessage());
            }
        }
        return removed;
    }

    private boolean isStillOurs(Orphan orphan, ClusterIdentity identity) {
        Optional<ObservedRole> role = cloud.role(orphan.roleName());
        return role.isPresent()
                && role.get().id().equals(orphan.roleId())
                && Ownership.of(
                                identity.owner(orphan.namespace(), orphan.resource()),
                                role.get().tags())
                        instanceof Ownership.Ours;
    }

    private boolean isStillGone(Orphan orphan) {
        return cluster.definition() == DefinitionState.INTACT && !cluster.exists(orphan.namespace(), orphan.resource());
    }
}
