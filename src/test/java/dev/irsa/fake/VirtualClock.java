package dev.irsa.fake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that passes only when a test says so. */
public final class VirtualClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-11-25T10:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    /** Lets time pass. */
    public void pass(Duration time) {
        now = now.plus(time);
    }

    /** Goes on to a later time; an earlier one is ignored. */
    public void reach(Instant time) {
        now = time.isAfter(now) ? time : now;
    }
}
