package dev.irsa.reconcile.scheduling;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How fast a resource was reconciled lately. One that is reconciled again and again although no user changes it is in a loop.
 * A write does not have the effect that the plan expects, or another client reverts it at once. Such a resource is slowed
 * down until the loop ends or a user changes it.
 *
 * @param input what users asked for at the last reconcile
 * @param last when the last reconcile began
 * @param quick how many reconciles in a row began shortly after the one before
 * @param slowed how many times in a row the resource was slowed down; 0 if it is not
 * @param notBefore when the next reconcile may begin
 */
record ReconcileRate(ReconcileInput input, Instant last, int quick, int slowed, Instant notBefore) {
    /** A reconcile that begins so soon after the one before is quick. */
    private static final Duration QUICK = Duration.ofMillis(500);

    /** A new resource has fewer than ten, and one that others compete with has hardly more. */
    static final int MOST_QUICK = 30;

    /** Decides how long a resource waits that was slowed down this many times in a row before. */
    @FunctionalInterface
    interface Pauses {
        Duration after(int before);
    }

    /**
     * The decision.
     *
     * @param rate after the decision
     * @param pause how long the reconcile must wait; empty if it begins now
     */
    record Decision(ReconcileRate rate, Optional<Duration> pause) {}

    /** Returns the rate of a resource whose first reconcile begins. */
    static ReconcileRate first(ReconcileInput input, Instant now) {
        return new ReconcileRate(input, now, 0, 0, Instant.MIN);
    }

    /** Decides whether a reconcile may begin. */
    Decision next(ReconcileInput current, Instant now, Pauses pauses) {
        if (!current.equals(input)) {
            return begins(first(current, now));
        }
        if (now.isBefore(notBefore)) {
            return new Decision(this, Optional.of(Duration.between(now, notBefore)));
        }
        boolean wasHeldBack = notBefore.isAfter(last);
        if (wasHeldBack) {
            return begins(new ReconcileRate(input, now, quick, slowed, notBefore));
        }
        if (!now.isBefore(last.plus(QUICK))) {
            return begins(first(input, now));
        }
        if (quick < MOST_QUICK) {
            return begins(new ReconcileRate(input, now, quick + 1, 0, notBefore));
        }
        Duration pause = pauses.after(slowed);
        return new Decision(new ReconcileRate(input, last, quick, slowed + 1, now.plus(pause)), Optional.of(pause));
    }

    /** Returns whether the resource was slowed down for the first time in a row. */
    boolean startsToSlowDown(ReconcileRate before) {
        return slowed == 1 && before.slowed == 0;
    }

    private static Decision begins(ReconcileRate rate) {
        return new Decision(rate, Optional.empty());
    }
}
