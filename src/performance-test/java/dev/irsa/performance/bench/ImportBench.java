package dev.irsa.performance.bench;

import dev.irsa.fixtures.docs.ReportFile;
import dev.irsa.integration.machine.Kubectl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Measures {@code kubectl irsa import} of all namespaces, prints the results, and writes docs/performance.md. */
final class ImportBench {
    private static final ReportFile REPORT = new ReportFile(Path.of("docs", "performance.md"));
    private static final String DEPLOYMENT = "irsa-operator/irsa-operator";

    private ImportBench() {}

    /** {@link BenchOptions} lists the arguments. The sizes are the numbers of roles to import. */
    public static void main(String[] args) throws IOException, InterruptedException {
        var options = BenchOptions.of(args);
        var environment = HostDescription.describe(options, LocalDate.now(ZoneOffset.UTC));
        try (var machine = BenchMachine.start(options)) {
            publishSettings(machine);
            var runs = new ArrayList<Import>();
            for (var size : options.sizes()) {
                machine.resetAws(Duration.ZERO);
                var roles = new RolesOfOthers(machine);
                roles.create(size);
                machine.proxy.faults().on("*").delay(options.latency());
                runs.add(importAll(machine));
                roles.deleteNamespaces();
                var table = table(options.sizes().subList(0, runs.size()), runs).markdown();
                System.out.println("\n" + table);
                REPORT.replace("import-machine", environment);
                REPORT.replace("import-run", table);
            }
        }
    }

    /** @param files that the command wrote */
    private record Import(PluginRun process, long files) {}

    private static Import importAll(BenchMachine machine) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("import-bench-").resolve("imported");
        var run = PluginRun.measure(machine, List.of("import", "--all-namespaces", "--output-dir=" + folder));
        try (var files = Files.walk(folder)) {
            return new Import(run, files.filter(Files::isRegularFile).count());
        }
    }

    /** The plugin reads the settings that the operator publishes. The measurement runs without the operator. */
    static void publishSettings(BenchMachine machine) {
        var kubectl = new Kubectl(machine.controlPlane.kubeconfig());
        kubectl.run("apply", "-f", "deploy/deployment.yaml").orThrow();
        kubectl.run("delete", "iamentitlement", "everything").orThrow();
        machine.resetAws(Duration.ZERO);
        try (var _ = machine.launch()
                .withArguments("--own-deployment", DEPLOYMENT, "--adoption-path=/")
                .startReady()) {
            Awaitility.await("the settings are published")
                    .until(() -> kubectl.run("get", "configmap", "irsa-operator-info", "-n", "irsa-operator")
                                    .exitCode()
                            == 0);
        }
    }

    private static Table table(List<Integer> sizes, List<Import> runs) {
        var rows = new ArrayList<List<String>>();
        rows.add(row("from the start to the exit, s", runs, run -> run.process().seconds()));
        rows.add(row("peak memory, MiB", runs, run -> run.process().peakMiB()));
        rows.add(row("AWS calls", runs, run -> Long.toString(run.process().callCount())));
        rows.add(row("files", runs, run -> Long.toString(run.files())));
        return new Table(
                Stream.concat(Stream.of(""), sizes.stream().map(size -> "n = " + size))
                        .toList(),
                rows);
    }

    private static List<String> row(String name, List<Import> runs, Function<Import, String> value) {
        return Stream.concat(Stream.of(name), runs.stream().map(value)).toList();
    }
}
