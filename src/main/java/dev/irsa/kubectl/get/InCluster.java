package dev.irsa.kubectl.get;

import java.util.function.Function;

/**
 * What was read of a cluster.
 *
 * @param cluster its context; empty if the user asks about one cluster only
 */
public record InCluster<T>(String cluster, T value) {
    /** Returns something else of the same cluster. */
    public <R> InCluster<R> with(R other) {
        return new InCluster<>(cluster, other);
    }

    /** Returns what follows from the value. */
    public <R> InCluster<R> map(Function<T, R> next) {
        return with(next.apply(value));
    }
}
