package dev.irsa.runtime;

/** The operator cannot start. The message says what to do. */
public final class StartFailure extends Exception {
    /** The exit code for an error in the configuration. */
    public static final int CONFIGURATION = 2;
    /** The exit code for an error in the environment, such as a missing CustomResourceDefinition. */
    public static final int ENVIRONMENT = 1;

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
