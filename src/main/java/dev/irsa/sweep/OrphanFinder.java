package dev.irsa.sweep;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.RoleState;
import dev.irsa.port.Cluster;
import dev.irsa.port.SweepSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds roles that carry all our tags and whose resource the API server itself says is not there, in two whole sweeps
 * one after the other: one may have seen the last moments of a deletion.
 */
final class OrphanFinder {
    private final Cluster cluster;
    private final Predicate<String> watched;
    private Set<String> suspects = Set.of();

    /** @param watched whether a namespace is this instance's to judge */
    OrphanFinder(Cluster cluster, Predicate<String> watched) {
        this.cluster = cluster;
        this.watched = watched;
    }

    /** The orphans that this sweep proves, by name. */
    List<OrphanedRole> in(SweepSnapshot snapshot, ClusterIdentity identity) {
        List<OrphanedRole> orphans = new ArrayList<>();
        Set<String> suspectsNow = new HashSet<>();
        for (RoleState role : snapshot.roles().values()) {
            orphan(role.role(), identity).ifPresent(orphan -> {
                suspectsNow.add(orphan.roleId());
                if (suspects.contains(orphan.roleId())) {
                    orphans.add(orphan);
                }
            });
        }
        suspects = suspectsNow;
        orphans.sort(Comparator.comparing(OrphanedRole::roleName));
        return orphans;
    }

    /** Nothing can be said now: what was suspected before is suspected no longer. */
    void pause() {
        suspects = Set.of();
    }

    private Optional<OrphanedRole> orphan(ObservedRole role, ClusterIdentity identity) {
        return identity.owner("", "")
                .sibling(role.tags())
                .map(named -> named.split("/", 2))
                .filter(parts -> parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty())
                .map(parts -> new OrphanedRole(role.name(), role.id(), parts[0], parts[1]))
                .filter(orphan -> watched.test(orphan.namespace()))
                .filter(orphan -> !cluster.shows(orphan.namespace(), orphan.resource()))
                .filter(this::isGone);
    }

    private boolean isGone(OrphanedRole orphan) {
        try {
            return cluster.uidNow(orphan.namespace(), orphan.resource()).isEmpty();
        } catch (FailureException e) {
            return false;
        }
    }
}
