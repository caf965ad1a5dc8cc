package dev.irsa.reconcile;

/** Our finalizer on one resource, as far as this process knows for certain: what a cache shows of it may be old. */
final class FinalizerState {
    private boolean on;
    private boolean met;
    private boolean takenOff;

    /** The API server has taken it. */
    void putOn() {
        on = true;
        met = true;
    }

    /** A role was made under its protection: before another is, it is put on anew. */
    void hasServed() {
        on = false;
    }

    boolean isOn() {
        return on;
    }

    /**
     * Whether it was put on since this process began. The resource was there then, and cannot have gone since but through us:
     * what was there before may have gone, and another have its name and its role, though a late watch does not show it.
     */
    boolean isMet() {
        return met;
    }

    /** The resource is being deleted, so that it never gets another. */
    void takenOff() {
        takenOff = true;
    }

    boolean isTakenOff() {
        return takenOff;
    }
}
