package dev.irsa.reconcile.role;

import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.port.Roles;
import dev.irsa.port.RolesDecorator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Records when the role of each name was last written, for whichever resource. IAM may still show the role of another resource
 * that had the name before.
 */
public final class RecentRoleWrites extends RolesDecorator {
    private final Duration window;
    private final InstantSource clock;
    private final ConcurrentHashMap<String, Instant> byName = new ConcurrentHashMap<>();
    private volatile Instant lastRemoval = Instant.MIN;

    /** @param window how long a write is remembered at least */
    public RecentRoleWrites(Roles roles, Duration window, InstantSource clock) {
        super(roles);
        this.window = window;
        this.clock = clock;
    }

    /** Returns when the role of that name was last written; empty if it was not, or long ago. */
    Optional<Instant> lastWrite(String roleName) {
        return Optional.ofNullable(byName.get(roleName));
    }

    private void record(String roleName) {
        Instant now = clock.instant();
        byName.put(roleName, now);
        // Not at each write: in a burst, thousands of writes are recent.
        if (lastRemoval.plus(window).isBefore(now)) {
            lastRemoval = now;
            byName.values().removeIf(write -> write.plus(window).isBefore(now));
        }
    }

    @Override
    protected <T> T write(RoleChange change, Supplier<T> call) {
        try {
            T answer = call.get();
            record(change.roleName());
            return answer;
        } catch (FailureException e) {
            if (e.failure().reason() == Reason.AwsUnavailable) {
                // It may have taken effect.
                record(change.roleName());
            }
            throw e;
        }
    }
}
