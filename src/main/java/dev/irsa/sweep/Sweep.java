package dev.irsa.sweep;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.ownership.Owner;
import dev.irsa.port.RoleListing;
import dev.irsa.port.RoleListing.Detail;
import dev.irsa.port.RoleListing.DetailReader;
import dev.irsa.port.SweepSnapshot;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads all roles of the account and keeps those that carry our tags, or those of what we were before, wherever they
 * are. One whose tags were taken from
 * it is missed like one that was deleted: both have to be looked at.
 */
final class Sweep {
    private final RoleListing listing;
    private final InstantSource clock;

    Sweep(RoleListing listing, InstantSource clock) {
        this.listing = listing;
        this.clock = clock;
    }

    /**
     * One whole pass.
     *
     * @throws dev.irsa.failure.FailureException when any page of it failed: what was read before is then nothing
     */
    SweepSnapshot read(ClusterIdentity cluster) {
        Instant began = clock.instant();
        Pass pass = new Pass(cluster);
        listing.details(pass);
        Set<String> paths = new TreeSet<>(Set.of(cluster.rolePath()));
        pass.details.values().forEach(detail -> paths.add(detail.path()));
        paths.removeIf(path -> !path.equals(cluster.rolePath()) && path.startsWith(cluster.rolePath()));
        paths.forEach(path -> listing.summaries(path, pass::complete));
        return pass.snapshot(began);
    }

    /** What has been read so far. A role that only one of the lists shows came or went in between. */
    private static final class Pass implements DetailReader {
        private final Owner anyOfOurs;
        private final Map<String, Detail> details = new HashMap<>();
        private final Map<String, RoleState> roles = new HashMap<>();
        private final Set<String> unclear = new TreeSet<>();

        Pass(ClusterIdentity cluster) {
            this.anyOfOurs = cluster.owner("", "");
        }

        @Override
        public boolean wants(Map<String, String> tags) {
            return anyOfOurs.hasSiblingOrHeir(tags);
        }

        @Override
        public void take(Detail role) {
            Detail other = details.put(role.name(), role);
            if (other != null && !other.equals(role)) {
                unclear.add(role.name());
            }
        }

        @Override
        public void unreadable(String roleName) {
            unclear.add(roleName);
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
            return new SweepSnapshot(began, roles, unclear);
        }
    }
}
