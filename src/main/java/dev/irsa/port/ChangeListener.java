package dev.irsa.port;

import dev.irsa.core.plan.Change;

/** Is told of each change that was made. */
@FunctionalInterface
public interface ChangeListener {
    /**
     * A change was made.
     *
     * @param drift whether it put back what somebody else had changed
     */
    void made(Change change, boolean drift);
}
