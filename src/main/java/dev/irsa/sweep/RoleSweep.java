package dev.irsa.sweep;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.ownership.Owner;
import dev.irsa.core.ownership.RoleHolder;
import dev.irsa.port.RoleCounts;
import dev.irsa.port.RoleListing;
import dev.irsa.port.RoleListing.Detail;
import dev.irsa.port.RoleListing.ListedRole;
import dev.irsa.port.SweepSnapshot;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads all roles of the account and keeps those with the tags of this cluster, or of a cluster that this one replaces,
 * under whatever path. Of roles without an owner that are offered to a resource of this cluster, it keeps the names. A
 * role without its tags is missing from the result like a deleted one: both have to be checked.
 */
record RoleSweep(RoleListing listing, InstantSource clock) {
    /** What a sweep found. */
    record Result(SweepSnapshot snapshot, RoleCounts counts) {}

    /**
     * Reads all roles.
     *
     * @throws dev.irsa.core.failure.FailureException when any page fails; the pages before it are discarded
     */
    Result read(ClusterIdentity cluster) {
        Instant began = clock.instant();
        Pass pass = new Pass(cluster, began);
        listing.details(pass::read);
        Set<String> paths = new TreeSet<>(Set.of(cluster.rolePath()));
        pass.details.values().forEach(detail -> paths.add(detail.path()));
        paths.stream()
                .filter(path -> paths.stream().noneMatch(other -> !path.equals(other) && path.startsWith(other)))
                .forEach(path -> listing.summaries(path, pass::complete));
        return new Result(pass.snapshot(began), pass.counter.counts());
    }

    /** What has been read so far. A role in only one of the two lists was created or deleted in between. */
    private static final class Pass {
        private final Owner anyResource;
        private final Map<String, Detail> details = new HashMap<>();
        private final Map<String, RoleState> roles = new HashMap<>();
        private final Map<String, RoleHolder> holders = new HashMap<>();
        private final Set<String> unclear = new TreeSet<>();
        private final Set<String> names = new HashSet<>();

        private final RoleCounter counter;

        Pass(ClusterIdentity cluster, Instant began) {
            this.anyResource = cluster.owner("", "");
            this.counter = new RoleCounter(began);
        }

        void read(ListedRole role) {
            boolean first = names.add(role.name());
            anyResource.holder(role.tags()).ifPresent(holder -> {
                holders.put(role.name(), holder);
                if (first) {
                    counter.count(role, holder);
                }
            });
            if (anyResource.belongsToClusterOrPredecessor(role.tags())) {
                role.detail().get().ifPresentOrElse(this::take, () -> unclear.add(role.name()));
            }
        }

        private void take(Detail role) {
            Detail other = details.put(role.name(), role);
            if (other != null && !other.equals(role)) {
                unclear.add(role.name());
            }
        }

        void complete(RoleListing.Summary summary) {
            Detail detail = details.get(summary.name());
            if (detail != null && detail.id().equals(summary.id())) {
                roles.put(summary.name(), detail.with(summary));
            }
        }

        SweepSnapshot snapshot(Instant began) {
            details.keySet().stream().filter(name -> !roles.containsKey(name)).forEach(unclear::add);
            roles.keySet().removeAll(unclear);
            return new SweepSnapshot(began, roles, unclear, holders, names);
        }
    }
}
