package dev.irsa.aws;

import dev.irsa.port.CallInterceptor;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Limits the rate of calls, evenly spaced, so that other clients of the account are not throttled. It does not react to
 * throttling by AWS. The adaptive retry strategy of the SDK does that.
 */
public final class RateLimit implements CallInterceptor {
    private final long gap;
    private final LongSupplier nanoTime;
    private final Sleep sleep;
    private long next;

    /** Waits for a duration; replaced in tests. */
    @FunctionalInterface
    interface Sleep {
        void of(Duration pause) throws InterruptedException;
    }

    /**
     * Creates a limit that no call has passed yet.
     *
     * @param perSecond calls per second, at least 1
     * @param nanoTime a clock such as {@link System#nanoTime}
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
    public <T> T intercept(ExternalCall call, Supplier<T> work) {
        Duration wait = reserve();
        if (wait.isPositive()) {
            try {
                sleep.of(wait);
            } catch (InterruptedException e) {
                throw AwsCalls.stopping(e);
            }
        }
        return work.get();
    }

    /** Reserves the next free slot; returns the time until it begins. */
    private synchronized Duration reserve() {
        long now = nanoTime.getAsLong();
        long slot = next - now > 0 ? next : now;
        next = slot + gap;
        return Duration.ofNanos(slot - now);
    }
}
