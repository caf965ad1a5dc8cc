package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import dev.irsa.core.plan.Change;
import dev.irsa.reconcile.scheduling.ReconcileRateLimiter.Slowdown;
import dev.irsa.reconcile.status.EventMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done after a reconcile.
 *
 * @param status the status to write; empty if it is unchanged
 * @param requeueAfter when to reconcile again without an event; empty if not at all
 * @param events the events to record once the status is written
 * @param changes the changes that were applied
 * @param drift whether they repaired drift
 * @param loops whether the resource is slowed down from now on, because it was reconciled in a loop
 */
public record Outcome(
        Optional<IamServiceAccountStatus> status,
        Optional<Duration> requeueAfter,
        List<EventMessage> events,
        List<Change> changes,
        boolean drift,
        boolean loops) {
    /** Returns the outcome of a reconcile that must wait and did nothing. */
    static Outcome delayed(Slowdown slowdown) {
        return new Outcome(
                Optional.empty(), Optional.of(slowdown.pause()), List.of(), List.of(), false, slowdown.first());
    }
}
