package dev.irsa.reconcile.scheduling;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Retry;
import java.util.Optional;

/**
 * How many times in a row a resource has failed with the same retry decision. The reason does not matter: two reasons that
 * alternate would otherwise keep the pause short indefinitely.
 *
 * @param retry the retry decision of the last failure; empty after a success
 * @param generation the generation of the resource at the last failure
 * @param previous how many such failures preceded the last one
 */
public record FailureCount(Optional<Retry> retry, long generation, int previous) {
    /** No failure. */
    public static final FailureCount NONE = new FailureCount(Optional.empty(), 0, 0);

    /** Returns the count that includes this failure. A planned wait does not count: it has its own duration. */
    public FailureCount and(Failure failure, long ofGeneration) {
        if (failure instanceof Failure.Waiting) {
            return this;
        }
        boolean same = retry.equals(Optional.of(failure.retry())) && generation == ofGeneration;
        return new FailureCount(Optional.of(failure.retry()), ofGeneration, same ? previous + 1 : 0);
    }
}
