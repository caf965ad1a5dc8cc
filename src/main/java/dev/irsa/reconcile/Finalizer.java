package dev.irsa.reconcile;

/** Our finalizer on one resource, as far as this process knows for certain: what a cache shows of it may be old. */
final class Finalizer {
    private boolean on;
    private boolean takenOff;

    /** The API server has taken it. */
    void putOn() {
        on = true;
    }

    /** A role was made under its protection: before another is, it is put on anew. */
    void hasServed() {
        on = false;
    }

    boolean isOn() {
        return on;
    }

    /** The resource is being deleted, so that it never gets another. */
    void takenOff() {
        takenOff = true;
    }

    boolean isTakenOff() {
        return takenOff;
    }
}
