package dev.irsa.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckConfigTest {
    @Test
    void everyFlagHasADefault() throws InvalidConfiguration {
        assertThat(CheckConfig.of(new CheckOptions()))
                .isEqualTo(new CheckConfig(Optional.empty(), "irsa-operator-check", Duration.ofMinutes(2)));
    }

    @Test
    void readsEveryFlag() throws InvalidConfiguration {
        assertThat(CheckConfig.of(options("payments", "try-1", "30s")))
                .isEqualTo(new CheckConfig(Optional.of("payments"), "try-1", Duration.ofSeconds(30)));
    }

    @Test
    void reportsEveryError() {
        InvalidConfiguration invalid = catchThrowableOfType(
                InvalidConfiguration.class, () -> CheckConfig.of(options("a/b", "-" + "x".repeat(70), "0s")));

        assertThat(invalid.problems())
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith("--namespace=a/b: "),
                        problem -> assertThat(problem).startsWith("--name=-x"),
                        problem -> assertThat(problem).startsWith("--timeout=0s: "));
    }

    private static CheckOptions options(String namespace, String name, String timeout) {
        CheckOptions options = new CheckOptions();
        options.namespace = namespace;
        options.name = name;
        options.timeout = timeout;
        return options;
    }
}
