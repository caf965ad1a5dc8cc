package dev.irsa;

/** The operator cannot start; the message says what to do about it. */
final class StartFailure extends Exception {
    /** What the configuration alone shows. */
    static final int CONFIGURATION = 2;
    /** What lacks around the operator. */
    static final int SURROUNDINGS = 1;

    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String problem;

    StartFailure(int exitCode, String problem) {
        super(problem);
        this.exitCode = exitCode;
        this.problem = problem;
    }

    String problem() {
        return problem;
    }

    int exitCode() {
        return exitCode;
    }
}
