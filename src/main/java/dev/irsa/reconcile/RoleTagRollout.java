package dev.irsa.reconcile;

import dev.irsa.core.consistency.Answer;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.plan.Planner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Delays changes that only concern the tags that every role has by configuration. If the configuration has changed, the first
 * sweep finds that every role differs. Without a delay, the operator would write all of them at once, and would write each
 * completely because it cannot trust IAM's answers yet.
 */
final class RoleTagRollout {
    private final Duration spread;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** @param spread the time over which the changes are spread */
    RoleTagRollout(Duration spread, InstantSource clock, RandomGenerator random) {
        this.spread = spread;
        this.clock = clock;
        this.random = random;
    }

    /** Returns how long the change of the role of a resource that was up to date is delayed; empty if it is not. */
    Optional<Duration> delay(DesiredRole desired, CachedRoleState state) {
        Duration untrusted = state.untrustedFor(Answer.CONTENT, clock.instant());
        boolean delayed = untrusted.isPositive()
                && state.requested() == RequestedRead.NONE
                && state.known()
                        .role()
                        .map(known -> Planner.changesOnlyRoleTags(desired, known))
                        .orElse(false);
        return delayed ? Optional.of(untrusted.plusMillis(random.nextLong(spread.toMillis() + 1))) : Optional.empty();
    }
}
