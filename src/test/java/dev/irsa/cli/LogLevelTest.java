package dev.irsa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class LogLevelTest {
    private static final String NAME = "IRSA_LOG_LEVEL";

    private final String before = System.getProperty(NAME, "");

    @AfterEach
    void restore() {
        System.setProperty(NAME, before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "WARN", "debug", "off"})
    void acceptsLevelsOfLogback(String level) {
        System.setProperty(NAME, level);

        assertThat(LogLevel.problem()).isEmpty();
    }

    @Test
    void refusesUnknownLevel() {
        System.setProperty(NAME, "Warning");

        assertThat(LogLevel.problem())
                .contains(
                        "IRSA_LOG_LEVEL=\"Warning\": it must be OFF or ERROR or WARN or INFO or DEBUG or TRACE or ALL");
        assertThat(LogLevel.current()).isEqualTo("INFO");
    }
}
