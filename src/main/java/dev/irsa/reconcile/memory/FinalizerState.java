package dev.irsa.reconcile.memory;

/** What this process knows for certain about the finalizer of one resource. A cache may show an older state. */
public enum FinalizerState {
    /** This process has not added it yet. A late watch may show a resource that no longer exists. */
    UNCONFIRMED,
    /** The API server accepted it from this process, so the resource existed then. */
    ADDED,
    /** A role was created under its protection. Before another is created, it is added again. */
    USED,
    /** This process removed it: the resource is being deleted and never gets another. */
    REMOVED;

    /** Returns whether a write of this process has proven that its watch is not late. */
    public boolean isConfirmed() {
        return this != UNCONFIRMED;
    }

    /** Returns whether a change may be made under its protection without adding it again. */
    public boolean protects(boolean createsRole) {
        return createsRole ? this == ADDED : this == ADDED || this == USED;
    }
}
