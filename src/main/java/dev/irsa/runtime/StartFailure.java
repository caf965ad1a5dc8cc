package dev.irsa.runtime;

/** The operator cannot start; the message says what to do about it. */
public final class StartFailure extends Exception {
    /** What the configuration alone shows. */
    public static final int CONFIGURATION = 2;
    /** What lacks around the operator. */
    public static final int SURROUNDINGS = 1;

    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String problem;

    public StartFailure(int exitCode, String problem) {
        super(problem);
        this.exitCode = exitCode;
        this.problem = problem;
    }

    public String problem() {
        return problem;
    }

    public int exitCode() {
        return exitCode;
    }
}
