package dev.irsa.integration.e2e;

import java.time.Duration;
import java.time.Instant;

/**
 * Measures times and prints them for the tables of docs/reliability.md.
 *
 * @param what the start of each line
 */
record Stopwatch(String what, Instant started) {
    static Stopwatch start(String what) {
        return new Stopwatch(what, Instant.now());
    }

    /** Prints the time until this event. */
    void print(String event) {
        System.out.printf(
                "%s: %s after %.1f s%n",
                what, event, Duration.between(started, Instant.now()).toMillis() / 1000.0);
    }
}
