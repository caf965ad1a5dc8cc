package dev.irsa.integration.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.machine.Command;
import dev.irsa.integration.machine.Tool;
import org.junit.jupiter.api.Test;

/** Tests the alert rules with promtool. */
class PromtoolIT {
    @Test
    void rulesAreValid() {
        assertSuccess(Tool.PROMTOOL.run(
                "",
                "check",
                "rules",
                "--lint=all",
                MonitoringFiles.ALERTS.toString(),
                MonitoringFiles.OPTIONAL_ALERTS.toString()));
    }

    @Test
    void rulesPassUnitTests() {
        assertSuccess(
                Tool.PROMTOOL.run("", "test", "rules", "src/integration-test/resources/monitoring/alerts-test.yaml"));
    }

    private static void assertSuccess(Command.Result result) {
        assertThat(result.exitCode()).as(result.toString()).isZero();
    }
}
