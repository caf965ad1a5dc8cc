package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;

/** Checks the log of the operator. */
final class OperatorLog {
    private static final Pattern STACK_TRACE = Pattern.compile(
            "(?m)^\\s+at [\\w.$/@]+\\(.*\\)$|^(?:Caused|Wrapped) by: .*|^Exception in .*|\"throwable\":.*");

    private OperatorLog() {}

    /** Asserts that the log has no stack trace. Expected failures are logged as one line. */
    static void assertNoStackTrace(String log) {
        assertThat(log).isNotBlank();
        assertThat(STACK_TRACE.matcher(log).results().map(found -> found.group()))
                .as("stack trace in:\n%s", log)
                .isEmpty();
    }
}
