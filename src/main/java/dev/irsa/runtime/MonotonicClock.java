package dev.irsa.runtime;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A clock that starts with the time of day and then never jumps. The clock of the node may be set forward or back. With
 * that clock, a sweep could come an hour late, or the operator could trust a stale IAM read of a role it just created.
 */
public record MonotonicClock(Instant start, long startNanos, LongSupplier nanoTime) implements InstantSource {
    /** @param nanoTime a monotonic time source, such as {@link System#nanoTime} */
    MonotonicClock(InstantSource timeOfDay, LongSupplier nanoTime) {
        this(timeOfDay.instant(), nanoTime.getAsLong(), nanoTime);
    }

    public static MonotonicClock system() {
        return new MonotonicClock(InstantSource.system(), System::nanoTime);
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanoTime.getAsLong() - startNanos);
    }
}
