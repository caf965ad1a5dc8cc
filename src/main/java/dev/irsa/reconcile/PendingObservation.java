package dev.irsa.reconcile;

import dev.irsa.port.SweepObservation;
import java.util.Optional;

/** Between the sweep's thread and the reconcile of one resource: what is for the reconcile, until it takes it. */
final class PendingObservation {
    /** Whether the role is to be looked at though it may be known. */
    enum Look {
        /** There is no need. */
        NONE,
        /** Nothing is known to be wrong: it may wait while AWS is away. */
        ROUTINE,
        /** What a sweep saw of it cannot be read. */
        NEEDED
    }

    private Optional<SweepObservation> letter = Optional.empty();
    private Look look = Look.NONE;

    /** From the sweep: what it saw. */
    synchronized void put(SweepObservation sighting) {
        letter = Optional.of(sighting);
    }

    synchronized Optional<SweepObservation> take() {
        Optional<SweepObservation> taken = letter;
        letter = Optional.empty();
        return taken;
    }

    /** Whether the role is to be looked at, whatever is known of it. */
    synchronized void look(Look asked) {
        look = asked;
    }

    synchronized Look look() {
        return look;
    }
}
