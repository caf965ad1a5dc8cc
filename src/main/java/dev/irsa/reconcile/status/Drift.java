package dev.irsa.reconcile.status;

/** Whether another client has changed a role that differs from what is wanted. */
public enum Drift {
    /**
     * A sweep found that the role differs from what is wanted, and it is not repaired yet. After a start, that may also be because
     * something else is wanted.
     */
    FOUND,
    /** The role differs from what is remembered, or nothing is remembered of it. */
    POSSIBLE,
    /** The role is as remembered, so something else is wanted than before. */
    NONE
}
