package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that the metrics are the documented ones, and that resources add no series. */
@ExtendWith(SharedMachine.class)
class MetricsIT {
    private static final int MANY = 20;
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\w+) \\|([^|]*)\\|");
    private static final Pattern FAMILY = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");
    private static final Pattern SERIES = Pattern.compile("(?m)^(\\w+?)(?:_bucket|_count|_sum)?(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    /** Type and labels of a metric, as documented or exposed. */
    private record Family(String type, Set<String> labels) {}

    @Test
    void exposesExactlyDocumentedMetrics(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl)
            throws IOException {
        TestEnvironment env = TestEnvironment.with(controlPlane, moto, proxy, kubectl);
        try (OperatorProcess operator = env.sweeping().startReady()) {
            Subject subject = Subject.in(env).apply(AppliedResource.ONE_POLICY).awaitReady();
            Subject templated = withTemplate(env, subject.named("reports"));
            proxy.faults().on("iam:GetRole").times(2).deny();
            subject.apply("{policies: {managed: [AmazonSQSReadOnlyAccess]}}").awaitReady();
            subject.delete();
            Subject quarantined = quarantined(env, subject.named("payroll"));
            Metrics.awaitSweeps(operator, 1);
            // The first garbage collection may still be ahead.
            TestEnvironment.await().until(() -> operator.page("/metrics").contains("jvm_gc_pause_seconds_count"));

            assertThat(families(operator.page("/metrics"))).containsExactlyInAnyOrderEntriesOf(documented());
            assertThat(Metrics.value(operator, "irsa_sweep_age_seconds")).isNotNegative();
            templated.delete();
            env.iam()
                    .deleteRolePolicy(
                            request -> request.roleName(quarantined.roleName()).policyName("AWSDenyAll"));
            quarantined.awaitGone();
        } finally {
            kubectl.get("delete", "iamentitlement,iampolicytemplate", "of-the-metrics", "--ignore-not-found");
        }
    }

    /** A template has a series once a role has its policies. */
    private static Subject withTemplate(TestEnvironment env, Subject subject) {
        env.kubectl().apply("""
                {apiVersion: irsa.dev/v1beta1, kind: IamPolicyTemplate, metadata: {name: of-the-metrics}, spec: {
                  document: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "s3:Get*", Resource: "*"}]}}}
                ---
                {apiVersion: irsa.dev/v1beta1, kind: IamEntitlement, metadata: {name: of-the-metrics}, spec: {
                  namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %s}},
                  allow: {templates: [{name: of-the-metrics}]}}}
                """.formatted(subject.namespace())).orThrow();
        return subject.apply("{policies: {templates: [{name: of-the-metrics}]}}")
                .awaitReady();
    }

    /** A quarantined role has a series while its resource is being deleted. */
    private static Subject quarantined(TestEnvironment env, Subject subject) {
        subject.apply(AppliedResource.ONE_POLICY).awaitReady();
        ManualDrift.put(env, subject.roleName(), "AWSDenyAll", ManualDrift.statement("Deny", "*"));
        subject.beginDeletion();
        subject.awaitReason("DeletionBlocked");
        return subject;
    }

    @Test
    void addsNoSeriesPerResource(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        TestEnvironment env = TestEnvironment.with(controlPlane, moto, proxy, kubectl);
        Subject first = Subject.in(env);
        try (OperatorProcess operator = env.sweeping()
                .withArguments("--watch-namespace", first.namespace())
                .startReady()) {
            first.apply(AppliedResource.ONE_POLICY).awaitReady().delete();
            Metrics.awaitSweeps(operator, 1);
            Set<String> before = ownSeries(operator);

            kubectl.apply(IntStream.range(0, MANY)
                            .mapToObj(i -> TestEnvironment.smallest(first.namespace(), "resource-" + i))
                            .collect(Collectors.joining("---\n")))
                    .orThrow();
            TestEnvironment.await()
                    .until(() -> Metrics.value(operator, "irsa_resources{ready=\"True\",reason=\"Ready\"}") == MANY);
            assertThat(ownSeries(operator)).isEqualTo(before);

            kubectl.run("-n", first.namespace(), "delete", "iamsa", "--all", "--timeout=60s")
                    .orThrow();
            TestEnvironment.await()
                    .until(() -> Metrics.value(operator, "irsa_resources{ready=\"True\",reason=\"Ready\"}") == 0);
            assertThat(ownSeries(operator)).isEqualTo(before);
            assertThat(operator.page("/metrics")).doesNotContain("resource-", first.namespace());
        }
    }

    /** Returns the operator's series except those of AWS calls, which appear with the first call of each action. */
    private static Set<String> ownSeries(OperatorProcess operator) {
        return operator.page("/metrics")
                .lines()
                .filter(line -> line.startsWith("irsa_") && !line.startsWith("irsa_aws_call"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Family> documented() throws IOException {
        return ROW.matcher(Files.readString(Path.of("docs", "monitoring.md")))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> new Family(row.group(2), words(row.group(3)))));
    }

    private static Map<String, Family> families(String page) {
        Map<String, Set<String>> labels = SERIES.matcher(page)
                .results()
                .collect(Collectors.toMap(
                        series -> series.group(1),
                        series -> LABEL.matcher(
                                        Stream.ofNullable(series.group(2)).collect(Collectors.joining()))
                                .results()
                                .map(label -> label.group(1))
                                .filter(label -> !label.equals("le"))
                                .collect(Collectors.toSet()),
                        (one, other) -> one));
        Map<String, Family> families = new TreeMap<>();
        FAMILY.matcher(page)
                .results()
                .forEach(family -> families.put(
                        family.group(1), new Family(family.group(2), labels.getOrDefault(family.group(1), Set.of()))));
        return families;
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.replace("`", "").split("[, ]+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }
}
