package dev.irsa.performance.soak;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long and how many. All times follow from the minutes, so that a short trial goes the same way.
 *
 * @param minutes of warm-up, churn and rest together; a rest takes 150 seconds at the least
 * @param resources at the start, and more or less until the end
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
                        arg + " is not known: give --name=value with a name of " + values.keySet());
            }
        }
        return new SoakOptions(values.getOrDefault("--minutes", 0), values.getOrDefault("--resources", 0));
    }

    /** As long as one round of the faults, so that what follows meets none for the first time. */
    Duration warmUp() {
        return part(0.2);
    }

    /** After the warm-up; three rounds of the faults. */
    Duration churn() {
        return part(0.6);
    }

    /** A round of the faults in an hour: what is compared has met all of them, equally often. */
    Duration window() {
        return churn().dividedBy(3);
    }

    Duration rest() {
        return longest(part(0.2), SHORTEST_REST);
    }

    /** From the beginning of a fault to that of the next. */
    Duration faultEvery() {
        return longest(warmUp().dividedBy(FaultKind.values().length), SHORTEST_TURN);
    }

    Duration faultLasts() {
        return faultEvery().dividedBy(5);
    }

    /** Often enough for a rest to have some, at the least every minute. */
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
