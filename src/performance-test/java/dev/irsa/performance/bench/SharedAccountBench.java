package dev.irsa.performance.bench;

import dev.irsa.fixtures.docs.ReportFile;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.OidcProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Measures the operators of several clusters in one AWS account that limits calls, and simulates the sweeps of more. Writes
 * docs/performance-accounts.md.
 */
final class SharedAccountBench {
    private static final ReportFile REPORT = new ReportFile(Path.of("docs", "performance-accounts.md"));
    private static final double PER_SECOND = 10;
    private static final double FEW_PER_SECOND = 2;
    private static final int BURST = 20;
    private static final List<Integer> MEASURED = List.of(1, 3);
    private static final int PAGE = 1000;
    private static final Duration SIMULATED_TIME = Duration.ofDays(1);

    private final BenchOptions options;
    private final List<List<String>> rows = new ArrayList<>();

    private SharedAccountBench(BenchOptions options) {
        this.options = options;
    }

    /** {@link BenchOptions} lists the arguments. The first of the sizes is the number of resources in each cluster. */
    public static void main(String[] args) throws IOException {
        var options = BenchOptions.of(args);
        var environment = HostDescription.describe(options, LocalDate.now(ZoneOffset.UTC));
        var bench = new SharedAccountBench(options);
        for (var clusters : MEASURED) {
            bench.measure(clusters);
        }
        var measured = new Table(
                        List.of(
                                "clusters",
                                "resources in each",
                                "created until all are Ready, s",
                                "AWS calls",
                                "throttled",
                                "calls of one sweep",
                                "throttled at rest"),
                        bench.rows)
                .markdown();
        var simulated = simulated();
        System.out.println(measured + "\n" + simulated);
        REPORT.replace("shared-account-machine", environment);
        REPORT.replace("shared-account", measured);
        REPORT.replace("shared-account-simulated", simulated);
    }

    private void measure(int clusters) throws IOException {
        var closing = new ArrayList<AutoCloseable>();
        try {
            var first = BenchMachine.start(options);
            closing.addFirst(first);
            var machines = new ArrayList<>(List.of(first));
            for (var i = 1; i < clusters; i++) {
                machines.add(first.beside("bench-" + i, options));
                closing.addFirst(machines.getLast());
            }
            first.resetAws(Duration.ZERO);
            try (var iam = IamClients.at(first.moto.endpoint())) {
                machines.forEach(machine -> OidcProvider.ensure(iam, machine.controlPlane.issuer()));
            }
            var operators = new ArrayList<OperatorProcess>();
            for (var machine : machines) {
                operators.add(machine.launch()
                        .withArguments("--sweep-interval=" + options.sweepInterval())
                        .startReady());
                closing.addFirst(operators.getLast());
            }
            measure(machines);
        } finally {
            for (var resource : closing) {
                try {
                    resource.close();
                } catch (Exception e) {
                    System.err.println("cannot close " + resource + ": " + e);
                }
            }
        }
    }

    private void measure(List<BenchMachine> machines) {
        var proxy = machines.getFirst().proxy;
        var limit = proxy.faults().on("*").limit(PER_SECOND, BURST);
        var size = options.sizes().getFirst();
        var batches = machines.stream()
                .map(machine -> new ResourceBatch(machine.controlPlane.client(), "clusters", size))
                .toList();
        proxy.calls().clear();
        var began = System.nanoTime();
        InParallel.forEach(machines.size(), batches, ResourceBatch::createUntilReady);
        var seconds = (double) (System.nanoTime() - began) / TimeUnit.SECONDS.toNanos(1);
        var created = limit.passed();
        var throttled = limit.refused();
        proxy.calls().clear();
        Awaitility.await("some time passes")
                .pollDelay(options.rest())
                .atMost(options.rest().plusMinutes(1))
                .until(() -> true);
        var calls = proxy.calls().counts();
        var sweeps = calls.getOrDefault("iam:ListRoles", 0L);
        System.out.println(machines.size() + " clusters at rest for " + options.rest() + ": " + calls);
        rows.add(List.of(
                Integer.toString(machines.size()),
                Integer.toString(size),
                String.format(Locale.ROOT, "%.1f", seconds),
                Integer.toString(created),
                Integer.toString(throttled),
                String.format(Locale.ROOT, "%.1f", (double) (limit.passed() - created) / Math.max(1, sweeps)),
                Integer.toString(limit.refused() - throttled)));
    }

    private static String simulated() {
        var rows = new ArrayList<List<String>>();
        for (var perSecond : List.of(PER_SECOND, FEW_PER_SECOND)) {
            simulate(1, 75, perSecond, rows);
            simulate(3, 75, perSecond, rows);
            simulate(40, 75, perSecond, rows);
            simulate(40, 250, perSecond, rows);
        }
        return new Table(
                        List.of(
                                "clusters",
                                "roles in the account",
                                "calls a second allowed",
                                "calls of one sweep",
                                "calls an hour",
                                "most calls in 10 s",
                                "throttled in a day",
                                "longest gap between sweeps, min"),
                        rows)
                .markdown();
    }

    private static void simulate(int clusters, int rolesOfEach, double perSecond, List<List<String>> rows) {
        // The pages of all roles, one page of those of the cluster, and its OIDC provider.
        var calls = Math.ceilDiv(clusters * rolesOfEach, PAGE) + 2;
        var result = new SweepSimulation(clusters, calls, perSecond, BURST).run(SIMULATED_TIME);
        rows.add(List.of(
                Integer.toString(clusters),
                Integer.toString(clusters * rolesOfEach),
                String.format(Locale.ROOT, "%.0f", perSecond),
                Integer.toString(calls),
                Long.toString(result.passed() / SIMULATED_TIME.toHours()),
                Integer.toString(result.peak()),
                Integer.toString(result.throttled()),
                Long.toString(result.longestGap().toMinutes())));
    }
}
