package dev.irsa.sweep;

import dev.irsa.core.ownership.RoleHolder;
import dev.irsa.port.RoleCounts;
import dev.irsa.port.RoleListing.ListedRole;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the roles of this cluster while they are read, without keeping any of them. */
final class RoleCounter {
    /** The numbers of days without a use after which a role counts as unused. */
    private static final List<Integer> DAYS = List.of(30, 90);

    private final Instant now;
    private final SortedMap<Integer, Integer> unused = new TreeMap<>();
    private int retained;
    private int withoutBoundary;

    RoleCounter(Instant now) {
        this.now = now;
        DAYS.forEach(days -> unused.put(days, 0));
    }

    /** Counts a role. One whose creation IAM does not show may be new, and does not count as unused. */
    void count(ListedRole role, RoleHolder holder) {
        if (holder.retained()) {
            retained++;
        }
        if (role.boundary().isEmpty()) {
            withoutBoundary++;
        }
        role.use()
                .ifPresent(use -> DAYS.stream()
                        .filter(days -> use.isUnusedSince(now.minus(Duration.ofDays(days))))
                        .forEach(days -> unused.merge(days, 1, Integer::sum)));
    }

    RoleCounts counts() {
        return new RoleCounts(retained, withoutBoundary, unused);
    }
}
