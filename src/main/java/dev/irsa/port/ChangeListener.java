package dev.irsa.port;

import dev.irsa.core.plan.Change;

/** Receives each change that the operator made. */
@FunctionalInterface
public interface ChangeListener {
    /**
     * Receives a change that succeeded.
     *
     * @param drift whether the change reverted a change by another client
     */
    void made(Change change, boolean drift);
}
