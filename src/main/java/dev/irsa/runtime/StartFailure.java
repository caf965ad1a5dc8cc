package dev.irsa.runtime;

import dev.irsa.core.failure.RootCause;

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

    /** Returns the failure for settings that a library rejects, with the cause in one line. */
    static StartFailure invalid(String what, RuntimeException thrown) {
        return new StartFailure(
                CONFIGURATION, what + ": " + RootCause.of(thrown).replaceAll("\\s+", " ") + "; correct it");
    }

    public String problem() {
        return problem;
    }

    public int exitCode() {
        return exitCode;
    }
}
