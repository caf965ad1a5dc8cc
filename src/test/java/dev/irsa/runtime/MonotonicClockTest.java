package dev.irsa.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MonotonicClockTest {
    private final AtomicReference<Instant> timeOfDay = new AtomicReference<>(Instant.parse("2026-11-25T12:00:00Z"));
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE);
    private final MonotonicClock clock = new MonotonicClock(timeOfDay::get, nanoTime::get);

    @Test
    void addsElapsedTimeToStartTime() {
        nanoTime.addAndGet(Duration.ofSeconds(7).toNanos());

        assertThat(clock.instant()).isEqualTo("2026-11-25T12:00:07Z");
    }

    @Test
    void ignoresChangesOfWallClock() {
        nanoTime.addAndGet(Duration.ofSeconds(7).toNanos());
        timeOfDay.set(Instant.parse("2026-11-25T11:00:07Z"));

        assertThat(clock.instant()).isEqualTo("2026-11-25T12:00:07Z");
    }
}
