package dev.irsa.kubectl.preview;

import dev.irsa.core.plan.Change;
import java.util.ArrayList;
import java.util.List;

/** The writes that were recorded instead of made. */
final class RecordedWrites {
    private final List<Change> changes = new ArrayList<>();
    private boolean finalizerAdded;

    void add(Change change) {
        changes.add(change);
    }

    void addFinalizer() {
        finalizerAdded = true;
    }

    List<Change> changes() {
        return List.copyOf(changes);
    }

    boolean finalizerAdded() {
        return finalizerAdded;
    }

    void clear() {
        changes.clear();
        finalizerAdded = false;
    }
}
