package dev.irsa.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A piece of work of one process, and what it has been told to do at its next point. */
final class Task {
    private final Life life;
    private final Fiber fiber;
    private boolean yields;
    private Duration sleeps = Duration.ZERO;
    private final Map<String, Instant> reads = new HashMap<>();

    Task(Life life, String name, Runnable work) {
        this.life = life;
        this.fiber = new Fiber(name, work);
    }

    Life life() {
        return life;
    }

    Fiber fiber() {
        return fiber;
    }

    void dieIfKilled() {
        fiber.dieIfKilled();
    }

    /** It has asked for a role. */
    void hasRead(String role, Instant now) {
        reads.put(role, now);
    }

    /** When it last asked for a role. */
    Optional<Instant> lastRead(String role) {
        return Optional.ofNullable(reads.get(role));
    }

    /** Lets others run at its next point. */
    void yields() {
        yields = true;
    }

    /** Sleeps at its next point. */
    void sleeps(Duration time) {
        sleeps = time;
    }

    /** How long it was told to sleep, once; zero: it was not. */
    Duration nextSleep() {
        Duration time = sleeps;
        sleeps = Duration.ZERO;
        return time;
    }

    /** Whether it has to let others run, once. */
    boolean hasToYield() {
        boolean now = yields || life.isFrozen();
        yields = false;
        return now;
    }
}
