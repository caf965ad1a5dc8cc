package dev.irsa.leader;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A moment by both clocks of the machine. The monotonic clock stands still while the machine is suspended, and the time of day
 * may be set back.
 *
 * @param nanoTime as from {@link System#nanoTime}
 */
public record Moment(long nanoTime, Instant timeOfDay) {
    static Moment now(LongSupplier nanoTime, InstantSource timeOfDay) {
        return new Moment(nanoTime.getAsLong(), timeOfDay.instant());
    }

    /** Returns the time since an earlier moment by the clock that shows more. */
    Duration since(Moment earlier) {
        Duration elapsed = Duration.ofNanos(nanoTime - earlier.nanoTime);
        Duration byTimeOfDay = Duration.between(earlier.timeOfDay, timeOfDay);
        return elapsed.compareTo(byTimeOfDay) < 0 ? byTimeOfDay : elapsed;
    }
}
