package dev.irsa.reconcile.managed;

import dev.irsa.core.delivery.DeliveryPlan;
import dev.irsa.reconcile.authorization.Grant;
import dev.irsa.reconcile.run.RolePrior;
import dev.irsa.reconcile.run.Run;
import dev.irsa.reconcile.scheduling.ReconcileConcurrencyLimiter;
import dev.irsa.reconcile.status.ReconcileResult;
import java.time.Duration;
import java.util.Optional;

/**
 * Decides whether a reconcile that needs AWS calls waits for the first sweep, or for its turn among the others. A change that
 * follows from the configuration alone is spread over time.
 */
public record Turn(ConfigurationRollout rollout, ReconcileConcurrencyLimiter limiter) {
    /** Returns whether a reconcile that needs AWS calls has its turn. Otherwise, it is requeued. */
    boolean enter(Run run, RolePrior prior) {
        return limiter.enter(run.ref(), prior.lane());
    }

    /** Takes the turn of a reconcile that needs AWS calls. Returns the result if it has to wait; empty if it goes on. */
    Optional<ReconcileResult> take(Run run, DeliveryPlan predicted, RolePrior prior, Grant grant) {
        Optional<Duration> delay = rollout.delay(run, predicted, grant);
        if (delay.isPresent()) {
            return delay.map(ReconcileResult::deferred);
        }
        // What was up to date and still is delivered may wait: one sweep at start reports all roles.
        boolean waitsForSweep = prior == RolePrior.UP_TO_DATE
                && predicted.steps().isEmpty()
                && run.role().awaitsSweep();
        return waitsForSweep || !limiter.enter(run.ref(), prior.lane())
                ? Optional.of(ReconcileResult.deferred())
                : Optional.empty();
    }
}
