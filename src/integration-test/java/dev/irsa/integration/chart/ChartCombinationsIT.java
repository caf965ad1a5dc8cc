package dev.irsa.integration.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.chart.Switch.Setting;
import dev.irsa.integration.machine.Command;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.SharedMachine;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that a real API server accepts the manifests of the chart, for every pair of its settings. The CRDs of the
 * Prometheus Operator are reduced to the fields that the chart uses.
 */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChartCombinationsIT {
    /** Whoever sets issuer.publish.hostNetwork needs a namespace that allows it. */
    private static final String HOST_NETWORK =
            "Warning: would violate PodSecurity \"restricted:latest\": host namespaces (hostNetwork=true)";

    /** The chart rejects these pairs, as its own tests show. */
    private static final Set<Set<String>> REFUSED = Set.of(
            Set.of("metrics.service.enabled=false", "metrics.serviceMonitor.enabled=true"),
            Set.of("serviceAccount.create=false", "serviceAccount.name=\"\""),
            Set.of("serviceAccount.create=false", "aws.roleArn=\"arn:aws:iam::111122223333:role/irsa-operator\""));

    private Kubectl kubectl;

    @BeforeAll
    void prepare(Kubectl shared) {
        kubectl = shared;
        kubectl.applyFile(Path.of("crds")).orThrow();
        kubectl.applyFile(Path.of("src", "integration-test", "resources", "chart"))
                .orThrow();
        kubectl.get("wait", "--for=condition=Established", "-f", "src/integration-test/resources/chart");
        List.of("irsa-operator", "payments", "orders").forEach(name -> kubectl.run("create", "namespace", name));
        // A pod needs its ServiceAccount, which a dry run does not create. The name depends on the values.
        List.of("irsa-operator-test", "irsa-operator-roles-test", "pod-identities-test")
                .forEach(name -> kubectl.run("create", "serviceaccount", name, "--namespace=irsa-operator"));
        kubectl.get("label", "namespace", "irsa-operator", "pod-security.kubernetes.io/enforce=restricted");
    }

    static List<List<String>> combinations() {
        return new PairwiseCombinations(Switch.ALL, ChartCombinationsIT::isRefused)
                .combinations().stream()
                        .map(all -> all.stream().map(Setting::flag).toList())
                        .toList();
    }

    private static boolean isRefused(Setting one, Setting other) {
        return !one.equals(other) && REFUSED.contains(Set.of(one.flag(), other.flag()));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void isAcceptedByApiServer(List<String> values) {
        String manifests =
                Chart.with(values.toArray(String[]::new)).template().orThrow().stdout();

        Command.Result taken = kubectl.run(
                manifests,
                List.of("apply", "--server-side", "--validate=strict", "--dry-run=server", "--force-conflicts", "-f-"));

        assertThat(taken.orThrow().stderr().replace(HOST_NETWORK, "")).doesNotContain("Warning");
        assertThat(taken.stdout().lines().collect(Collectors.toSet()))
                .anyMatch(line -> line.startsWith("deployment.apps/"));
    }
}
