package dev.irsa.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.machine.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Prometheus's own tool takes the rules, and they fire when they should. */
class PromtoolIT {
    @Test
    void theRulesAreValid() throws IOException {
        assertSuccess("check", "rules", "--lint=all", MonitoringFiles.ALERTS.toString());
    }

    @Test
    void everyRuleFiresWhenItShouldAndOnlyThen() throws IOException {
        assertSuccess(
                "test",
                "rules",
                Path.of("src", "test", "resources", "monitoring", "alerts-test.yaml")
                        .toString());
    }

    private static void assertSuccess(String... arguments) throws IOException {
        Process promtool = new ProcessBuilder(
                        Stream.concat(Stream.of(Tool.PROMTOOL.path().toString()), Stream.of(arguments))
                                .toList())
                .redirectErrorStream(true)
                .start();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.onExit().join().exitValue())
                .describedAs("promtool %s: %s", List.of(arguments), said)
                .isZero();
    }
}
