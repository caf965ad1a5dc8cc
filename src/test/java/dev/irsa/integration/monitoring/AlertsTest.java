package dev.irsa.integration.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.failure.Reason;
import dev.irsa.integration.monitoring.MonitoringFiles.Alert;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every alert says what is wrong and what to do, and is tested. */
class AlertsTest {
    private static final String RUNBOOK = "https://github.com/irsa-dev/irsa-operator/blob/main/docs/runbook.md#";
    private static final Path UNIT_TESTS =
            Path.of("src", "integration-test", "resources", "monitoring", "alerts-test.yaml");

    /** Nothing is wrong, or there is nothing to be done. */
    private static final Set<Reason> NO_ALARM =
            Set.of(Reason.Suspended, Reason.ServiceAccountMissing, Reason.WaitingForPods, Reason.Reconciling);

    static List<Alert> alerts() {
        return MonitoringFiles.alerts();
    }

    @Test
    void hasAlerts() {
        assertThat(alerts()).extracting(Alert::name).doesNotHaveDuplicates().hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void hasSeverityDescriptionAndDuration(Alert alert) {
        assertThat(alert.labels().get("severity")).isIn("critical", "warning");
        assertThat(alert.annotations()).containsOnlyKeys("summary", "description", "runbook_url");
        assertThat(alert.duration()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void linksToRunbookEntry(Alert alert) {
        assertThat(alert.annotations().get("runbook_url"))
                .isEqualTo(RUNBOOK + alert.name().toLowerCase(Locale.ROOT));
        assertThat(MonitoringFiles.text(Path.of("docs", "runbook.md")).lines()).contains("## " + alert.name());
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void hasFiringAndQuietTestCases(Alert alert) {
        assertThat(MonitoringFiles.text(UNIT_TESTS))
                .contains("- name: '" + alert.name() + ", firing", "- name: '" + alert.name() + ", quiet")
                .containsPattern("alertname: " + alert.name() + "\\n +eval_time: \\w+\\n +exp_alerts:\\n +- exp_labels")
                .containsPattern("alertname: " + alert.name() + "\\n +eval_time: \\w+\\n +exp_alerts: \\[]\\n");
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void hasTestCaseWithTwoClusters(Alert alert) {
        assertThat(MonitoringFiles.text(UNIT_TESTS).split("- name: 'two clusters: ", 2)[1])
                .containsPattern(
                        "alertname: " + alert.name() + "\\n +eval_time: \\w+\\n +exp_alerts:\\n.*cluster: 'blue'");
    }

    @Test
    void everyFailureReasonIsInOneAlert() {
        Set<String> alarming = Arrays.stream(Reason.values())
                .filter(reason -> !NO_ALARM.contains(reason))
                .map(Reason::name)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(Stream.concat(reasons("IrsaResourcesStalled"), reasons("IrsaResourcesNotReady"))
                        .filter(reason -> !reason.equals("NotSeen")))
                .containsExactlyInAnyOrderElementsOf(alarming);
    }

    @Test
    void stalledAlertCoversStalledReasons() {
        assertThat(reasons("IrsaResourcesStalled"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Reason.values())
                        .filter(Reason::stalled)
                        .map(Reason::name)
                        .toList());
    }

    @Test
    void runbookCoversEveryReason() {
        assertThat(MonitoringFiles.text(Path.of("docs", "runbook.md")))
                .contains(Arrays.stream(Reason.values())
                        .map(reason -> "`" + reason + "`")
                        .toList());
    }

    private static Stream<String> reasons(String name) {
        String expr = alerts().stream()
                .filter(alert -> alert.name().equals(name))
                .findFirst()
                .orElseThrow()
                .expr();
        return Pattern.compile("reason=~\"([^\"]+)\"")
                .matcher(expr)
                .results()
                .flatMap(found -> Arrays.stream(found.group(1).split("\\|")));
    }
}
