package dev.irsa.aws;

import dev.irsa.port.Gate;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A gate that lets so many calls a second through, evenly spaced, to leave room for others in the account. What AWS
 * itself refuses as too much is the business of the SDK, whose retries slow down by themselves.
 */
public final class RateLimit implements Gate {
    private final long gap;
    private final LongSupplier nanoTime;
    private final Sleep sleep;
    private long next;

    /** Waits so long. */
    @FunctionalInterface
    interface Sleep {
        void of(Duration pause) throws InterruptedException;
    }

    /**
     * A gate that has let nothing through yet.
     *
     * @param perSecond calls a second, at least 1
     * @param nanoTime as {@link System#nanoTime}
     */
    public RateLimit(int perSecond, LongSupplier nanoTime) {
        this(perSecond, nanoTime, Thread::sleep);
    }

    RateLimit(int perSecond, LongSupplier nanoTime, Sleep sleep) {
        this.gap = Duration.ofSeconds(1).toNanos() / perSecond;
        this.nanoTime = nanoTime;
        this.sleep = sleep;
        this.next = nanoTime.getAsLong();
    }

    @Override
    public <T> T pass(OutsideCall call, Supplier<T> work) {
        Duration wait = turn();
        if (wait.isPositive()) {
            try {
                sleep.of(wait);
            } catch (InterruptedException e) {
                throw AwsCalls.stopping(e);
            }
        }
        return work.get();
    }

    /** Takes the next turn; answers how long it is until then. */
    private synchronized Duration turn() {
        long now = nanoTime.getAsLong();
        long turn = next - now > 0 ? next : now;
        next = turn + gap;
        return Duration.ofNanos(turn - now);
    }
}
