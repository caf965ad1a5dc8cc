package dev.irsa.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CheckConfigTest {
    @Test
    void everyFlagHasADefault() throws InvalidConfiguration {
        assertThat(config()).isEqualTo(new CheckConfig(Optional.empty(), "irsa-operator-check", Duration.ofMinutes(2)));
    }

    @Test
    void readsEveryFlag() throws InvalidConfiguration {
        assertThat(config("--namespace=payments", "--name=try-1", "--timeout=30s"))
                .isEqualTo(new CheckConfig(Optional.of("payments"), "try-1", Duration.ofSeconds(30)));
    }

    @Test
    void readsNamespaceAsKubectlDoes() throws InvalidConfiguration {
        assertThat(config("-n", "payments").namespace()).contains("payments");
    }

    @Test
    void reportsEveryError() {
        InvalidConfiguration invalid = catchThrowableOfType(
                InvalidConfiguration.class,
                () -> config("--namespace=a/b", "--name=-" + "x".repeat(70), "--timeout=0s"));

        assertThat(invalid.problems())
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith("--namespace=a/b: "),
                        problem -> assertThat(problem).startsWith("--name=-x"),
                        problem -> assertThat(problem).startsWith("--timeout=0s: "));
    }

    private static CheckConfig config(String... arguments) throws InvalidConfiguration {
        GivenFlags flags = CheckConfig.flags();
        new CommandLine(flags).parseArgs(arguments);
        return CheckConfig.of(flags);
    }
}
