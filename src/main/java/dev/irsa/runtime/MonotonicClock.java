package dev.irsa.runtime;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time as it passes. Somebody may set the clock of the node, by an hour and backwards: by that one a sweep would not
 * come for an hour, or what IAM said of a role just made would count at once.
 */
public final class MonotonicClock implements InstantSource {
    private final Instant start;
    private final long startNanos;
    private final LongSupplier nanoTime;

    /**
     * One that begins with the time of day.
     *
     * @param nanoTime as {@link System#nanoTime}: one that nobody sets
     */
    MonotonicClock(InstantSource timeOfDay, LongSupplier nanoTime) {
        this.start = timeOfDay.instant();
        this.startNanos = nanoTime.getAsLong();
        this.nanoTime = nanoTime;
    }

    public static MonotonicClock system() {
        return new MonotonicClock(InstantSource.system(), System::nanoTime);
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanoTime.getAsLong() - startNanos);
    }
}
