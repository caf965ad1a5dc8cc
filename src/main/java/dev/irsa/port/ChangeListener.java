package dev.irsa.port;

import dev.irsa.core.plan.Change;

/** Receives each change that the operator applied. */
@FunctionalInterface
public interface ChangeListener {
    /**
     * Receives a change that succeeded.
     *
     * @param drift whether the change reverted a change by another client
     */
    void changed(Change change, boolean drift);
}
