package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;

/**
 * The result of a process that exited by itself.
 *
 * @param output its complete output
 */
record ExitResult(int exitCode, String output) {
    static ExitResult startOf(OperatorLaunch launch) {
        try (OperatorProcess operator = launch.start()) {
            return new ExitResult(operator.awaitExit(), operator.log());
        }
    }

    /** Asserts the exit code, a message, and no stack trace. */
    void assertExitCode(int code) {
        assertThat(exitCode).as(output).isEqualTo(code);
        assertThat(output).contains("irsa-operator: ");
        OperatorLog.assertNoStackTrace(output);
    }
}
