package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.Command;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.PrometheusServer;
import dev.irsa.integration.machine.SharedMachine;
import dev.irsa.integration.machine.Tool;
import dev.irsa.integration.monitoring.MonitoringFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real Prometheus server scrapes an operator that created a role, repaired drift, and met AWS errors. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrometheusIT {
    private static final String POLICY = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";

    private OperatorProcess operator;
    private PrometheusServer prometheus;

    @BeforeAll
    void startAndReconcile(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        TestEnvironment env = TestEnvironment.with(controlPlane, moto, proxy, kubectl);
        Subject subject = Subject.in(env);
        // Resources of other tests must not be counted.
        operator = env.sweeping()
                .withArguments("--watch-namespace", subject.namespace())
                .startReady();
        prometheus = PrometheusServer.of(operator, MonitoringFiles.ALERTS);
        proxy.faults().on("iam:AttachRolePolicy").times(2).throttle();
        subject.apply(AppliedResource.ONE_POLICY).awaitReady();
        env.iam()
                .detachRolePolicy(
                        request -> request.roleName(subject.roleName()).policyArn(POLICY));
        subject.awaitEvent("DriftRepaired", "attached policy " + POLICY);
        subject.named("stalled")
                .apply("{policies: {managed: ['arn:aws:iam::123456789012:policy/absent']}}")
                .awaitReason("PolicyNotFound");
    }

    @AfterAll
    void stop() {
        prometheus.close();
        operator.close();
    }

    @Test
    void exposesEveryMetricOfRulesAndDashboard() {
        assertThat(MonitoringFiles.queriedMetrics())
                .hasSizeGreaterThan(15)
                // The first has a series only while a quarantine blocks a deletion. The second is of the publisher of
                // the issuer.
                .filteredOn(name -> !Set.of("irsa_quarantined_deletions", "irsa_issuer_age_seconds")
                        .contains(name))
                .allSatisfy(name -> TestEnvironment.await()
                        // The first garbage collection may still be ahead.
                        .untilAsserted(() -> assertThat(prometheus.query(name)).isNotEmpty()));
    }

    @Test
    void everyPanelQueryIsValid() {
        assertThat(MonitoringFiles.queries())
                .hasSizeGreaterThan(15)
                .allSatisfy(query -> prometheus.query(query.replace("$cluster", ".*")
                        .replace("$namespace", ".*")
                        .replace("$__rate_interval", "1m")));
    }

    @Test
    void everyRuleEvaluatesWithoutError() {
        TestEnvironment.await()
                .untilAsserted(() -> assertThat(rules())
                        .hasSizeGreaterThan(5)
                        .allSatisfy(rule -> assertThat(rule.path("health").asText())
                                .describedAs(rule.toString())
                                .isEqualTo("ok")));
    }

    @Test
    void alertsOnStalledResource() {
        TestEnvironment.await()
                .untilAsserted(() -> assertThat(prometheus.get("alerts").path("alerts"))
                        .anySatisfy(alert -> {
                            assertThat(alert.path("labels").path("alertname").asText())
                                    .isEqualTo("IrsaResourcesStalled");
                            assertThat(alert.path("labels").path("reason").asText())
                                    .isEqualTo("PolicyNotFound");
                            assertThat(alert.path("value").asText()).isEqualTo("1e+00");
                        }));
    }

    @Test
    void countsChangesByKindAndDriftSeparately() {
        assertThat(metric("irsa_changes_total{change=\"CreateRole\"}")).isEqualTo(2);
        assertThat(metric("irsa_changes_total{change=\"AttachRolePolicy\"}")).isEqualTo(2);
        assertThat(metric("irsa_drift_total{change=\"AttachRolePolicy\"}")).isEqualTo(1);
        assertThat(metric("irsa_drift_total{change=\"CreateRole\"}")).isZero();
    }

    @Test
    void countsSdkRetriesAsThrottled() {
        assertThat(metric("irsa_aws_throttled_total")).isEqualTo(2);
        assertThat(operator.page("/metrics")).doesNotContain("outcome=\"Throttled\"");
    }

    @Test
    void metricsPassPromtoolCheck() {
        Command.Result said = Tool.PROMTOOL.run(operator.page("/metrics"), "check", "metrics");

        assertThat(said.exitCode()).as(said.toString()).isZero();
    }

    private double metric(String series) {
        return Metrics.value(operator, series);
    }

    private List<JsonNode> rules() {
        List<JsonNode> rules = new ArrayList<>();
        prometheus
                .get("rules")
                .path("groups")
                .forEach(group -> group.path("rules").forEach(rules::add));
        return rules;
    }
}
