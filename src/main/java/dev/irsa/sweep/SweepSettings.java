package dev.irsa.sweep;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * The settings of drift detection.
 *
 * @param interval the longest time between two sweeps
 * @param fallbackInterval the interval in which every role is checked once while no sweep succeeds
 * @param associationInterval the interval in which every association is read once
 * @param removeOrphans whether orphaned roles are deleted
 * @param watched whether this instance watches a namespace
 */
public record SweepSettings(
        Duration interval,
        Duration fallbackInterval,
        Duration associationInterval,
        boolean removeOrphans,
        Predicate<String> watched) {}
