package dev.irsa.reconcile.memory;

/** Whether the role is to be read from IAM although its state may be known. */
public enum RequestedRead {
    /** No read is requested. */
    NONE,
    /** A periodic read. Nothing is known to be wrong, so it may wait while AWS is unavailable. */
    ROUTINE,
    /** A sweep could not read the role. */
    REQUIRED
}
