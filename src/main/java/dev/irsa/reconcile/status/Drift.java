package dev.irsa.reconcile.status;

/** Whether another client has changed a role that differs from what is wanted. */
public enum Drift {
    /** A sweep found the role to differ, and the difference is not repaired yet. */
    FOUND,
    /** The role differs from what is remembered, or nothing is remembered of it. */
    POSSIBLE,
    /** The role is as remembered, so something else is wanted than before. */
    NONE
}
