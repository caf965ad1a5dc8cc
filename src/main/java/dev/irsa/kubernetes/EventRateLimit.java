package dev.irsa.kubernetes;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Limits the rate of events with a token bucket: a burst first, then a few events per second. */
final class EventRateLimit {
    private static final double BURST = 200;
    private static final double PER_SECOND = 10;

    private final InstantSource clock;
    private double tokens = BURST;
    private Instant filled;

    EventRateLimit(InstantSource clock) {
        this.clock = clock;
        this.filled = clock.instant();
    }

    /** Takes a token; returns false when none is left. */
    synchronized boolean tryAcquire() {
        Instant now = clock.instant();
        double seconds = Math.max(0, Duration.between(filled, now).toMillis() / 1000.0);
        tokens = Math.min(BURST, tokens + seconds * PER_SECOND);
        filled = now;
        if (tokens < 1) {
            return false;
        }
        tokens -= 1;
        return true;
    }
}
