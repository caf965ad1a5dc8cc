package dev.irsa.performance.soak;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The duration and the size of the test. All times are derived from the minutes, so that a short trial runs the same way.
 *
 * @param minutes the total of warm-up, churn and idle phase; the idle phase takes at least 150 seconds
 * @param resources the approximate number of resources
 */
record SoakOptions(int minutes, int resources) {
    private static final Duration SHORTEST_REST = Duration.ofSeconds(150);
    private static final Duration SHORTEST_TURN = Duration.ofSeconds(15);

    /** Reads {@code --minutes=60 --resources=500}, which are the defaults. */
    static SoakOptions of(String... args) {
        Map<String, Integer> values = new TreeMap<>(Map.of("--minutes", 60, "--resources", 500));
        for (String arg : args) {
            String[] parts = arg.split("=", 2);
            if (parts.length < 2 || values.replace(parts[0], Integer.valueOf(parts[1])) == null) {
                throw new IllegalArgumentException(
                        arg + " is unknown; use --name=value with one of " + values.keySet());
            }
        }
        return new SoakOptions(values.getOrDefault("--minutes", 0), values.getOrDefault("--resources", 0));
    }

    /** One round of the faults, so that later phases meet no fault for the first time. */
    Duration warmUp() {
        return part(0.2);
    }

    /** Three rounds of the faults. */
    Duration churn() {
        return part(0.6);
    }

    /** One round of the faults, so that compared windows contain the same faults. */
    Duration window() {
        return churn().dividedBy(3);
    }

    Duration rest() {
        return longest(part(0.2), SHORTEST_REST);
    }

    /** The time between the starts of two faults. */
    Duration faultEvery() {
        return longest(warmUp().dividedBy(FaultKind.values().length), SHORTEST_TURN);
    }

    Duration faultLasts() {
        return faultEvery().dividedBy(5);
    }

    /** Short enough for several sweeps in the idle phase, and at most one minute. */
    Duration sweepInterval() {
        return shortest(longest(part(1 / 40.0), Duration.ofSeconds(5)), Duration.ofMinutes(1));
    }

    Duration sampleEvery() {
        return shortest(longest(part(1 / 240.0), Duration.ofSeconds(3)), Duration.ofSeconds(15));
    }

    private Duration part(double share) {
        return Duration.ofMillis(Math.round(minutes * 60_000 * share));
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shortest(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
