package dev.irsa.reconcile;

import dev.irsa.failure.Failure;
import dev.irsa.failure.Reason;
import java.util.Optional;

/** How often in a row one resource has met the same failure. */
final class Tries {
    private Optional<Reason> reason = Optional.empty();
    private long generation;
    private int count;

    /** Counts this failure; answers how often it was met in a row before. */
    int before(Failure failure, long ofGeneration) {
        boolean again = reason.equals(Optional.of(failure.reason())) && generation == ofGeneration;
        count = again ? count + 1 : 0;
        reason = Optional.of(failure.reason());
        generation = ofGeneration;
        return count;
    }

    void succeeded() {
        reason = Optional.empty();
        count = 0;
    }
}
