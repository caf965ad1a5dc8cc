package dev.irsa.reconcile.scheduling;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Retry;
import java.util.Optional;

/**
 * How often in a row one resource has failed in a way that is tried again at the same pace. Which reason it was does
 * not count: two that take turns would keep the pause short for ever.
 */
public final class FailureCount {
    private Optional<Retry> retry = Optional.empty();
    private long generation;
    private int count;

    /** Counts this failure; answers how many such came in a row before. */
    public int before(Failure failure, long ofGeneration) {
        boolean again = retry.equals(Optional.of(failure.retry())) && generation == ofGeneration;
        count = again ? count + 1 : 0;
        retry = Optional.of(failure.retry());
        generation = ofGeneration;
        return count;
    }

    public void succeeded() {
        retry = Optional.empty();
        count = 0;
    }
}
