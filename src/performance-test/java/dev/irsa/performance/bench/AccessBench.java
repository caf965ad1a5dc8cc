package dev.irsa.performance.bench;

import dev.irsa.fixtures.docs.ReportFile;
import dev.irsa.integration.machine.AnswersBesideMoto;
import dev.irsa.integration.machine.OidcProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Measures the commands that show who can do what, prints the results, and writes docs/performance.md. */
final class AccessBench {
    private static final ReportFile REPORT = new ReportFile(Path.of("docs", "performance.md"));

    private AccessBench() {}

    /** {@link BenchOptions} lists the arguments. The sizes are the numbers of roles. */
    public static void main(String[] args) throws IOException, InterruptedException {
        var options = BenchOptions.of(args);
        var environment = HostDescription.describe(options, LocalDate.now(ZoneOffset.UTC));
        try (var machine = BenchMachine.start(options)) {
            ImportBench.publishSettings(machine);
            var rows = new ArrayList<List<String>>();
            for (var size : options.sizes()) {
                machine.resetAws(Duration.ZERO);
                try (var iam = IamClients.at(machine.moto.endpoint())) {
                    OidcProvider.ensure(iam, machine.controlPlane.issuer());
                }
                var roles = new RolesOfOthers(machine);
                roles.create(size);
                machine.proxy.faults().on("*").delay(options.latency());
                AnswersBesideMoto.add(machine.proxy.faults());
                for (var command : commands()) {
                    var run = PluginRun.measure(machine, command);
                    rows.add(List.of(
                            "`" + command.getFirst() + "`",
                            Integer.toString(size),
                            run.seconds(),
                            run.peakMiB(),
                            Long.toString(run.callCount())));
                }
                roles.deleteNamespaces();
            }
            var table =
                    new Table(List.of("command", "roles", "time, s", "peak memory, MiB", "AWS calls"), rows).markdown();
            System.out.println("\n" + table);
            REPORT.replace("access-machine", environment);
            REPORT.replace("access", table);
            var clusters = ClustersBench.measure(machine, options.settingsSize(), options.latency())
                    .markdown();
            System.out.println("\n" + clusters);
            REPORT.replace("access-clusters", clusters);
        }
    }

    private static List<List<String>> commands() throws IOException {
        var page = Files.createTempDirectory("access-bench-").resolve("access.html");
        return List.of(
                List.of("who-can", "s3:PutObject", "arn:aws:s3:::bucket-1/*", "--all-namespaces"),
                List.of("what-can", "imported-1/app-1"),
                List.of("get", "--all-namespaces", "--unused=0d"),
                List.of("unused", "--all-namespaces", "--period=0d"),
                List.of("report", "--all-namespaces", "--output=" + page));
    }
}
