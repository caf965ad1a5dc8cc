package dev.irsa.leader;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.port.CallInterceptor;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The time until which this replica leads, by its own clocks, counted from the last renewal of the lease. After that time no
 * call passes. The replica may have been frozen or disconnected while another replica took over.
 */
public final class LeadershipFence implements CallInterceptor {
    private final Duration deadline;
    private final Supplier<Moment> now;
    private volatile Optional<Moment> renewed = Optional.empty();
    private volatile boolean ended;

    /**
     * Creates the fence of a replica that does not lead yet.
     *
     * @param deadline how long a renewal is valid; shorter than the lease duration
     */
    public LeadershipFence(Duration deadline, Supplier<Moment> now) {
        this.deadline = deadline;
        this.now = now;
    }

    /**
     * Records a renewal of the lease.
     *
     * @param requestedAt when the request began; the lease duration may count from that moment
     */
    public void renewed(Moment requestedAt) {
        renewed = Optional.of(requestedAt);
    }

    /** Ends the leadership. It never resumes, even if a renewal is in flight. */
    public void end() {
        ended = true;
    }

    /** Returns how long this replica still leads; zero or negative if it does not lead. */
    Duration remaining() {
        Optional<Moment> last = renewed;
        return !ended && last.isPresent() ? deadline.minus(now.get().since(last.get())) : Duration.ZERO;
    }

    public boolean holds() {
        return remaining().isPositive();
    }

    @Override
    public <T> T intercept(ExternalCall call, Supplier<T> work) {
        if (!holds()) {
            throw new FailureException(new Failure.Passing(
                    Reason.Reconciling,
                    "this replica is not the leader; another replica of the operator does the work"));
        }
        return work.get();
    }
}
