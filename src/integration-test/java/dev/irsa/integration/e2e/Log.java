package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;

/** What the log of the operator must not show, whatever happens around it. */
final class Log {
    private static final Pattern STACK_TRACE = Pattern.compile(
            "(?m)^\\s+at [\\w.$/@]+\\(.*\\)$|^(?:Caused|Wrapped) by: .*|^Exception in .*|\"throwable\":.*");

    private Log() {}

    /** A failure that was foreseen is a sentence. */
    static void assertNoStackTrace(String log) {
        assertThat(log).isNotBlank();
        assertThat(STACK_TRACE.matcher(log).results().map(found -> found.group()))
                .as("stack trace in:\n%s", log)
                .isEmpty();
    }
}
