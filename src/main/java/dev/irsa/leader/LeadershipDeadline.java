package dev.irsa.leader;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.port.Gate;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How long this replica still leads, by its own clock: so long after it last renewed the lease. Past that it lets no call
 * through, whatever it still believes: it may have been frozen, or cut off, while another took over.
 */
public final class LeadershipDeadline implements Gate {
    private final Duration deadline;
    private final LongSupplier nanoTime;
    private volatile OptionalLong renewed = OptionalLong.empty();
    private volatile boolean ended;

    /**
     * A replica that does not lead yet.
     *
     * @param deadline less than the lease lasts
     * @param nanoTime as {@link System#nanoTime}: one that nobody sets
     */
    public LeadershipDeadline(Duration deadline, LongSupplier nanoTime) {
        this.deadline = deadline;
        this.nanoTime = nanoTime;
    }

    /**
     * The lease is ours.
     *
     * @param asked when the renewal began: the API server may have counted from then on
     */
    public void renewed(long asked) {
        renewed = OptionalLong.of(asked);
    }

    /** It is no longer, whatever renewal is under way: who has led and ended never leads again. */
    public void end() {
        ended = true;
    }

    /** How long it may still work; nothing, or less, when it may not. */
    Duration left() {
        OptionalLong last = renewed;
        return !ended && last.isPresent()
                ? deadline.minusNanos(nanoTime.getAsLong() - last.getAsLong())
                : Duration.ZERO;
    }

    public boolean holds() {
        return left().isPositive();
    }

    @Override
    public <T> T pass(OutsideCall call, Supplier<T> work) {
        if (!holds()) {
            throw new FailureException(new Failure.Passing(
                    Reason.Reconciling, "another replica of the operator works: this one does not lead"));
        }
        return work.get();
    }
}
