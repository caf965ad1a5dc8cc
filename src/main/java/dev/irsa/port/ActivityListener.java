package dev.irsa.port;

import dev.irsa.core.plan.Change;

/** Receives what the operator did. */
@FunctionalInterface
public interface ActivityListener {
    /**
     * Receives a change that succeeded.
     *
     * @param drift whether the change reverted a change by another client
     */
    void changed(Change change, boolean drift);

    /** Receives that a resource was slowed down, because it was reconciled in a loop. */
    default void slowedDown() {}

    /** Receives the report of a complete sweep. */
    default void swept(SweepReport report) {}
}
