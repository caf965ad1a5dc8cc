package dev.irsa.performance.bench;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.Kubectl;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;

/** Moves the roles of other tools to an operator with its default limits, from the import to the last wave. */
final class Move {
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final BenchMachine machine;
    private final OperatorProcess operator;
    private final Kubectl kubectl;
    private final List<Phase> phases = new ArrayList<>();

    /**
     * One phase.
     *
     * @param requests to the API server, of the plugin, kubectl, and the operator
     * @param calls to AWS, of the plugin and the operator
     */
    record Phase(String name, Duration took, long calls, long requests, String pluginMiB, long operatorMiB) {
        List<String> row() {
            return List.of(
                    name,
                    String.format(Locale.ROOT, "%.1f", took.toMillis() / 1000.0),
                    Long.toString(calls),
                    Long.toString(requests),
                    pluginMiB,
                    Long.toString(operatorMiB));
        }
    }

    Move(BenchMachine machine, OperatorProcess operator) {
        this.machine = machine;
        this.operator = operator;
        this.kubectl = new Kubectl(machine.controlPlane.kubeconfig());
    }

    /** Returns the phases of the move of so many roles. */
    List<Phase> run(Path folder, int size) throws IOException, InterruptedException {
        plugin("import", "import", "--all-namespaces", "--output-dir=" + folder);
        plugin("offer", "import", "--offer-from=" + folder, "--yes");
        begin();
        var began = System.nanoTime();
        kubectl.run("apply", "--server-side", "--kustomize", folder.toString()).orThrow();
        Awaitility.await("the operator has seen the offers")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> count("Offered") == size);
        end(
                "apply",
                Duration.ofNanos(System.nanoTime() - began),
                machine.proxy.calls().take().values().stream()
                        .mapToLong(Long::longValue)
                        .sum(),
                "");
        plugin("resume and adopt", "import", "--resume=" + folder, "--limit=50", "--wait", "--timeout=30m");
        plugin("status", "import", "--status", "--from=" + folder);
        if (count("Adopted") != size) {
            throw new IllegalStateException("adopted: " + count("Adopted") + " of " + size);
        }
        return List.copyOf(phases);
    }

    private long count(String adoption) {
        return kubectl.get(
                        "get",
                        "iamsa",
                        "--all-namespaces",
                        "-o",
                        "jsonpath={range .items[*]}{.status.adoption}{\"\\n\"}{end}")
                .lines()
                .filter(adoption::equals)
                .count();
    }

    private void plugin(String name, String... arguments) throws IOException, InterruptedException {
        begin();
        var run = PluginRun.measure(machine, List.of(arguments));
        end(name, run.took(), run.callCount(), run.peakMiB());
    }

    private void begin() {
        machine.audit.countSinceLast();
        machine.proxy.calls().clear();
    }

    private void end(String name, Duration took, long calls, String pluginMiB) {
        var requests = machine.audit.countSinceLast().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        var phase = new Phase(name, took, calls, requests, pluginMiB, operator.peakResidentKiB() / 1024);
        System.out.println(phase);
        phases.add(phase);
    }
}
