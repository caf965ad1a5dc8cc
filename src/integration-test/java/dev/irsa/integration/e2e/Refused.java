package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;

/**
 * A start that ended by itself.
 *
 * @param words all it printed
 */
record Refused(int exitCode, String words) {
    static Refused startOf(OperatorLaunch launch) {
        try (OperatorProcess operator = launch.start()) {
            return new Refused(operator.awaitExit(), operator.log());
        }
    }

    /** Asserts the exit code, that something was said, and that nothing of it is a stack trace. */
    void with(int code) {
        assertThat(exitCode).as(words).isEqualTo(code);
        assertThat(words).contains("irsa-operator: ");
        Log.assertNoStackTrace(words);
    }
}
