package dev.irsa.reconcile.external;

import dev.irsa.core.delivery.ExternalRoleCheck;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.port.RoleReads;
import dev.irsa.reconcile.memory.CheckedTrust;
import dev.irsa.reconcile.run.Run;
import dev.irsa.reconcile.scheduling.ReconcileConcurrencyLimiter;
import dev.irsa.reconcile.scheduling.ReconcileConcurrencyLimiter.Lane;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Reads roles that others manage, with one {@code iam:GetRole} for each, about once an hour. It only reads: it has no port
 * through which a role could be changed.
 */
public record ExternalRoleObserver(
        RoleReads roles, ReconcileConcurrencyLimiter limiter, InstantSource clock, RandomGenerator random) {
    /** A sweep does not report these roles. What it costs to find out that a trust policy was changed must stay low. */
    static final Duration SHORTEST_INTERVAL = Duration.ofMinutes(50);

    /** Spreads the reads after a start, when all roles are read at once. */
    static final Duration SPREAD = Duration.ofMinutes(20);

    /**
     * Returns whether the pods can assume the role.
     *
     * @return empty if the resource waits for its turn at AWS, and is requeued then
     * @throws FailureException if AWS is unavailable and nothing is known yet
     */
    Optional<ExternalRoleCheck> check(Run run, Desired.External desired, ClusterIdentity identity) {
        if (!desired.role().isIn(identity.account())) {
            return Optional.of(ExternalRoleCheck.inOtherAccount(desired));
        }
        Optional<CheckedTrust> known = run.memory().checkedTrust().filter(checked -> checked.answers(desired));
        if (known.filter(checked -> checked.isCurrent(clock.instant())).isPresent()) {
            return known.map(CheckedTrust::result);
        }
        Lane lane = run.previous().isUpToDate() ? Lane.SWEEP : Lane.CHANGED;
        if (!limiter.enter(run.ref(), lane)) {
            return Optional.empty();
        }
        ExternalRoleCheck result = read(desired, identity, known);
        run.memory()
                .checkedTrust(new CheckedTrust(
                        desired.role(),
                        desired.delivery().terms(),
                        result,
                        clock.instant().plus(interval())));
        return Optional.of(result);
    }

    private ExternalRoleCheck read(Desired.External desired, ClusterIdentity identity, Optional<CheckedTrust> known) {
        try {
            return ExternalRoleCheck.of(desired, roles.trust(desired.role().name()), identity);
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.AccessDenied) {
                return ExternalRoleCheck.unreadable();
            }
            // A routine read may be left out. The result of the last one still says more than this failure.
            return known.map(CheckedTrust::result)
                    .filter(last -> !(last instanceof ExternalRoleCheck.Refused))
                    .orElseThrow(() -> e);
        }
    }

    /** Returns how long until the role is read again; empty if it is not. */
    Optional<Duration> nextCheck(Desired.External desired, Run run) {
        return run.memory()
                .checkedTrust()
                .filter(checked -> checked.answers(desired))
                .map(checked -> Duration.between(clock.instant(), checked.due()));
    }

    private Duration interval() {
        return SHORTEST_INTERVAL.plusSeconds(random.nextLong(SPREAD.toSeconds()));
    }
}
