package dev.irsa.performance.bench;

import dev.irsa.fixtures.docs.ReportFile;
import dev.irsa.integration.machine.Kubectl;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
            var runs = new ArrayList<ImportRun>();
            for (var size : options.sizes()) {
                machine.resetAws(Duration.ZERO);
                var roles = new RolesOfOthers(machine);
                roles.create(size);
                machine.proxy.faults().on("*").delay(options.latency());
                runs.add(ImportRun.measure(machine));
                roles.deleteNamespaces();
                var table = table(options.sizes().subList(0, runs.size()), runs).markdown();
                System.out.println("\n" + table);
                REPORT.replace("import-machine", environment);
                REPORT.replace("import-run", table);
            }
        }
    }

    /** The plugin reads the settings that the operator publishes. The measurement runs without the operator. */
    private static void publishSettings(BenchMachine machine) {
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

    private static Table table(List<Integer> sizes, List<ImportRun> runs) {
        var rows = new ArrayList<List<String>>();
        rows.add(row(
                "from the start to the exit, s", runs, run -> decimal(run.took().toMillis() / 1000.0)));
        rows.add(row("peak memory, MiB", runs, run -> Long.toString(run.peakKiB() / 1024)));
        rows.add(row("AWS calls", runs, run -> Long.toString(run.callCount())));
        rows.add(row("files", runs, run -> Long.toString(run.files())));
        return new Table(
                Stream.concat(Stream.of(""), sizes.stream().map(size -> "n = " + size))
                        .toList(),
                rows);
    }

    private static List<String> row(String name, List<ImportRun> runs, Function<ImportRun, String> value) {
        return Stream.concat(Stream.of(name), runs.stream().map(value)).toList();
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
