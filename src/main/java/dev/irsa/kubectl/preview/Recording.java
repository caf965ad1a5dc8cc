package dev.irsa.kubectl.preview;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.plan.Change;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The writes of a preview, which are recorded instead of made, and the reads of AWS that failed. */
final class Recording {
    private final List<Change> changes = new ArrayList<>();
    private final Map<Preview.Service, Failure> failedReads = new EnumMap<>(Preview.Service.class);
    private boolean finalizerAdded;

    void add(Change change) {
        changes.add(change);
    }

    void addFinalizer() {
        finalizerAdded = true;
    }

    <T> T read(Preview.Service service, Supplier<T> read) {
        try {
            return read.get();
        } catch (FailureException e) {
            failedReads.put(service, e.failure());
            throw e;
        }
    }

    List<Change> changes() {
        return List.copyOf(changes);
    }

    boolean finalizerAdded() {
        return finalizerAdded;
    }

    Map<Preview.Service, Failure> failedReads() {
        return Map.copyOf(failedReads);
    }

    void clearWrites() {
        changes.clear();
        finalizerAdded = false;
    }

    void clear() {
        clearWrites();
        failedReads.clear();
    }
}
