package dev.irsa.performance.bench;

import java.util.List;

/** The middle of some figures, or the mean of the two in the middle. */
public final class Median {
    private Median() {}

    /** Returns the median of at least one figure. */
    public static double of(List<Double> figures) {
        var sorted = figures.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }
}
