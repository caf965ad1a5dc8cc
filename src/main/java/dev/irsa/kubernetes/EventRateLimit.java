package dev.irsa.kubernetes;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** How many events may be written: a burst, and then a few a second. */
final class EventRateLimit {
    private static final double BURST = 200;
    private static final double PER_SECOND = 10;

    private final InstantSource clock;
    private double left = BURST;
    private Instant filled;

    EventRateLimit(InstantSource clock) {
        this.clock = clock;
        this.filled = clock.instant();
    }

    synchronized boolean take() {
        Instant now = clock.instant();
        double seconds = Math.max(0, Duration.between(filled, now).toMillis() / 1000.0);
        left = Math.min(BURST, left + seconds * PER_SECOND);
        filled = now;
        if (left < 1) {
            return false;
        }
        left -= 1;
        return true;
    }
}
