package dev.irsa.reconcile;

import dev.irsa.drift.Sighting;
import java.util.Optional;

/** Between the sweep's thread and the reconcile of one resource: what is for the reconcile, until it takes it. */
final class LetterBox {
    private Optional<Sighting> letter = Optional.empty();
    private boolean awaited;
    private boolean lookDue;

    /** From the sweep: what it saw. */
    synchronized void put(Sighting sighting) {
        letter = Optional.of(sighting);
        awaited = false;
    }

    synchronized Optional<Sighting> take() {
        Optional<Sighting> taken = letter;
        letter = Optional.empty();
        return taken;
    }

    /** From the reconcile: it waits for a letter; answers whether there is none yet. */
    synchronized boolean await() {
        awaited = letter.isEmpty();
        return awaited;
    }

    synchronized boolean isAwaited() {
        return awaited;
    }

    /** Whoever knows what he knows is to look all the same. */
    synchronized void lookDue(boolean due) {
        lookDue = due;
        if (due) {
            awaited = false;
        }
    }

    synchronized boolean isLookDue() {
        return lookDue;
    }
}
