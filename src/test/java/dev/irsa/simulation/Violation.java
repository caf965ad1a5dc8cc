package dev.irsa.simulation;

/** What must always hold did not. */
final class Violation extends Error {
    private static final long serialVersionUID = 1L;

    private final int invariant;
    private final String what;

    /**
     * One that was seen.
     *
     * @param invariant its number in docs/architecture.md, What always holds
     */
    Violation(int invariant, String what) {
        super(what, null, false, false);
        this.invariant = invariant;
        this.what = invariant + ": " + what;
    }

    int invariant() {
        return invariant;
    }

    /** The number of the invariant, and what was seen. */
    String what() {
        return what;
    }

    static void unless(boolean holds, int invariant, String what) {
        if (!holds) {
            throw new Violation(invariant, what);
        }
    }
}
