package dev.irsa.reconcile.scheduling;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.RetrySchedule;
import dev.irsa.reconcile.status.Ending;
import java.time.Duration;
import java.util.Optional;

/** Decides when a resource is reconciled again without an event. */
public record RequeueSchedule(RetrySchedule retries) {
    /**
     * The decision.
     *
     * @param after the time until the next reconcile; empty if only an event causes one
     * @param failures the failures in a row, including this reconcile
     */
    public record Requeue(Optional<Duration> after, FailureCount failures) {
        public Requeue {
            // A read can become due during the reconcile, and the framework accepts no negative delay.
            after = after.map(pause -> pause.isNegative() ? Duration.ZERO : pause);
        }
    }

    /**
     * Decides after a reconcile.
     *
     * @param before the failures in a row before this reconcile
     * @param generation the generation of the resource that was reconciled
     * @param nextRead the time until the role is read once more; empty if it is not
     */
    public Requeue next(Ending ending, FailureCount before, long generation, Optional<Duration> nextRead) {
        return switch (ending) {
            case Ending.Failed(Failure failure, Optional<Duration> retryAfter) -> {
                FailureCount count = before.and(failure, generation);
                // A read that is due and did not happen waits for what prevented it: requeueing at once would never
                // end.
                yield new Requeue(
                        retryAfter
                                .or(() -> retries.pause(failure, count.previous()))
                                .or(() -> nextRead.filter(Duration::isPositive)),
                        count);
            }
            case Ending.Ready ready -> new Requeue(nextRead, FailureCount.NONE);
            case Ending.ExternalReady ready -> new Requeue(ready.nextCheck(), FailureCount.NONE);
            case Ending.Deferred(Optional<Duration> pause) -> new Requeue(pause, before);
            // A read that is due would have been made if it were allowed.
            case Ending.Pending pending -> new Requeue(nextRead.filter(Duration::isPositive), FailureCount.NONE);
            case Ending.Gone gone -> new Requeue(Optional.empty(), FailureCount.NONE);
            case Ending.Untouched untouched -> new Requeue(Optional.empty(), FailureCount.NONE);
        };
    }
}
