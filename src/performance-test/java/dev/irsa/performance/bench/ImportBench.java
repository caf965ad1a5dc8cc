package dev.irsa.performance.bench;

import dev.irsa.fixtures.docs.ReportFile;
import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.integration.machine.Kubectl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Measures how roles move from other tools to the operator, prints the results, and writes docs/performance.md. */
final class ImportBench {
    private static final ReportFile REPORT = new ReportFile(Path.of("docs", "performance.md"));
    private static final List<String> HEAD =
            List.of("n", "phase", "time, s", "AWS calls", "API requests", "plugin, MiB", "operator, MiB");
    private static final String DEPLOYMENT = "irsa-operator/irsa-operator";

    private ImportBench() {}

    /** {@link BenchOptions} lists the arguments. The sizes are the numbers of roles to import. */
    public static void main(String[] args) throws IOException, InterruptedException {
        var options = BenchOptions.of(args);
        var environment = HostDescription.describe(options, LocalDate.now(ZoneOffset.UTC));
        try (var machine = BenchMachine.startForPlugin(options)) {
            publishSettings(machine);
            var rows = new ArrayList<List<String>>();
            for (var size : options.sizes()) {
                machine.resetAws(Duration.ZERO);
                var roles = new RolesOfOthers(machine);
                var subjects = roles.create(size);
                machine.proxy.faults().on("*").delay(options.latency());
                var move = move(machine, roles, size, subjects);
                move.forEach(phase -> rows.add(Stream.concat(Stream.of(Integer.toString(size)), phase.row().stream())
                        .toList()));
                var table = new Table(HEAD, rows).markdown();
                System.out.println("\n" + table);
                REPORT.replace("import-machine", environment);
                REPORT.replace("import-run", table);
            }
        }
    }

    private static List<Move.Phase> move(
            BenchMachine machine, RolesOfOthers roles, int size, Map<String, String> subjects)
            throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("import-bench-").resolve("imported");
        var issuer = machine.controlPlane.issuer().replaceFirst("https://", "");
        try (var sampler = new TrustSampler(machine.moto.endpoint(), issuer, subjects);
                var operator = operator(machine).startReady()) {
            var phases = new Move(machine, operator).run(folder, size);
            System.out.println(
                    "Each trust policy admitted exactly its ServiceAccount in " + sampler.stop() + " samples.");
            // Only the operator can release the resources.
            roles.deleteNamespaces();
            return phases;
        }
    }

    /** The plugin reads the settings that the operator publishes. */
    static void publishSettings(BenchMachine machine) {
        var kubectl = new Kubectl(machine.controlPlane.kubeconfig());
        kubectl.run("apply", "-f", "deploy/deployment.yaml").orThrow();
        kubectl.run("delete", "iamentitlement", "everything").orThrow();
        machine.resetAws(Duration.ZERO);
        try (var _ = operator(machine).startReady()) {
            Awaitility.await("the settings are published")
                    .until(() -> kubectl.run("get", "configmap", "irsa-operator-info", "-n", "irsa-operator")
                                    .exitCode()
                            == 0);
        }
    }

    private static OperatorLaunch operator(BenchMachine machine) {
        return machine.launch().withArguments("--own-deployment", DEPLOYMENT, "--adoption-path=/");
    }
}
