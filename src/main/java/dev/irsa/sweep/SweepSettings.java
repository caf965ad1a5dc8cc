package dev.irsa.sweep;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * How roles are kept true.
 *
 * @param interval between two sweeps at most
 * @param fallbackInterval in which every role is looked at once where no sweep can be had
 * @param removeOrphans whether roles that nobody owns any more are removed
 * @param watched whether a namespace is this instance's
 */
public record SweepSettings(
        Duration interval, Duration fallbackInterval, boolean removeOrphans, Predicate<String> watched) {
    /** What holds when nothing is said. */
    public static final SweepSettings DEFAULT =
            new SweepSettings(Duration.ofMinutes(10), Duration.ofHours(1), false, namespace -> true);
}
