package dev.irsa.reconcile.status;

import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.core.plan.Change;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done after a reconcile.
 *
 * @param status the status to write; empty if it is unchanged
 * @param replacesAnyStatus whether it may also replace that of a later version than the one that was read. Until this process has
 *     changed the resource, its watch may be behind that of its predecessor.
 * @param requeueAfter when to reconcile again without an event; empty if not at all
 * @param events the events to record once the status is written
 * @param changes the changes that were applied
 * @param remarks what users should know about the role although nothing failed
 * @param drift whether they repaired drift
 * @param loops whether the resource is slowed down from now on, because it was reconciled in a loop
 */
public record Outcome(
        Optional<IamServiceAccountStatus> status,
        boolean replacesAnyStatus,
        Optional<Duration> requeueAfter,
        List<EventMessage> events,
        List<Change> changes,
        List<String> remarks,
        boolean drift,
        boolean loops) {
    /** Returns the outcome of a reconcile that did nothing, because it was too early. */
    public static Outcome postponed(Duration pause) {
        return new Outcome(Optional.empty(), false, Optional.of(pause), List.of(), List.of(), List.of(), false, false);
    }
}
