package dev.irsa.fake;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What a role name stood for: the state that callers still see, and those that were written since. */
final class History {
    private final InstantSource clock;
    private final Deque<Version> versions = new ArrayDeque<>();

    private final Consistency consistency;

    History(InstantSource clock, Consistency consistency) {
        this.clock = clock;
        this.consistency = consistency;
        versions.add(new Version(Optional.empty(), Instant.MIN, 0));
    }

    /** The truth: what was written last, or empty when it was deleted or never made. */
    Optional<RoleRecord> current() {
        return versions.getLast().role;
    }

    /** What a call sees now; a call that sees an old state brings the new ones nearer. */
    Optional<RoleRecord> see() {
        var now = clock.instant();
        var oldest = versions.removeFirst();
        while (!versions.isEmpty() && versions.getFirst().isVisible(now)) {
            oldest = versions.removeFirst();
        }
        versions.forEach(Version::missed);
        versions.addFirst(oldest);
        if (versions.size() == 1) {
            return oldest.role;
        }
        int shown = consistency
                .flicker()
                .map(choose -> choose.applyAsInt(versions.size()))
                .orElse(0);
        return versions.stream().skip(shown).findFirst().orElse(oldest).role;
    }

    void write(Optional<RoleRecord> role) {
        versions.add(new Version(role, clock.instant().plus(consistency.time()), consistency.reads()));
    }

    private static final class Version {
        private final Optional<RoleRecord> role;
        private final Instant visibleFrom;
        private int readsLeft;

        Version(Optional<RoleRecord> role, Instant visibleFrom, int readsLeft) {
            this.role = role;
            this.visibleFrom = visibleFrom;
            this.readsLeft = readsLeft;
        }

        boolean isVisible(Instant now) {
            return readsLeft <= 0 && !now.isBefore(visibleFrom);
        }

        void missed() {
            readsLeft--;
        }
    }
}
