package dev.irsa.simulation;

/** What must always hold did not. */
final class Violation extends Error {
    private static final long serialVersionUID = 1L;

    private final String what;

    Violation(String what) {
        super(what, null, false, false);
        this.what = what;
    }

    String what() {
        return what;
    }
}
