package dev.irsa.performance.bench;

import dev.irsa.fixtures.docs.ReportFile;
import dev.irsa.integration.machine.Kubectl;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * Measures what resources feel of another AWS account that fails: the time until a batch in the account of the operator is Ready,
 * while resources of the other account wait. Writes docs/performance-accounts.md.
 */
final class AccountBench {
    private static final ReportFile REPORT = new ReportFile(Path.of("docs", "performance-accounts.md"));
    private static final String OTHER = "444455556666";
    private static final int WAITING = 200;
    private static final double PROMISED = 1.1;
    private static final Duration SETTLE = Duration.ofSeconds(3);
    private static final int RESAMPLES = 2000;

    private static final String ACCOUNT = """
            apiVersion: irsa.dev/v1beta1
            kind: IamAccount
            metadata: {name: other}
            spec: {accountID: "%s", roleARN: "arn:aws:iam::%s:role/irsa-operator", oidcProvider: Create}
            """.formatted(OTHER, OTHER);

    private static final String ENTITLEMENT = """
            apiVersion: irsa.dev/v1beta1
            kind: IamEntitlement
            metadata: {name: other}
            spec: {account: other, namespaceSelector: {}, allow: {managedPolicies: ["*"], inlineActions: ["*"]}}
            """;

    private final BenchMachine machine;
    private final BenchOptions options;
    private final Kubectl kubectl;
    private final Map<AccountFault, List<Double>> seconds = new EnumMap<>(AccountFault.class);

    private AccountBench(BenchMachine machine, BenchOptions options) {
        this.machine = machine;
        this.options = options;
        this.kubectl = new Kubectl(machine.controlPlane.kubeconfig());
    }

    /** Exits with 1 if a fault delays the batch by more than promised. {@link BenchOptions} lists the arguments. */
    public static void main(String[] args) throws IOException {
        var options = BenchOptions.of(args);
        var environment = HostDescription.describe(options, LocalDate.now(ZoneOffset.UTC));
        boolean kept;
        try (var machine = BenchMachine.start(options)) {
            var bench = new AccountBench(machine, options);
            bench.run();
            var table = bench.table().markdown();
            System.out.println(table);
            REPORT.replace("account-machine", environment);
            REPORT.replace("accounts", table);
            kept = bench.isPromiseKept();
        }
        System.exit(kept ? 0 : 1);
    }

    private void run() {
        machine.resetAws(options.latency());
        kubectl.apply(ENTITLEMENT).orThrow();
        var client = machine.controlPlane.client();
        new ResourceBatch(client, "waiting", WAITING, ResourceBatch.POLICIES + ", account: other").create();
        var batch = new ResourceBatch(client, "measured", options.sizes().getFirst());
        try (var _ = machine.launch().startReady()) {
            measure(batch, AccountFault.ABSENT); // The first batch of a process is slower.
            for (var round = 1; round <= options.rounds(); round++) {
                var faults = new ArrayList<>(List.of(AccountFault.values()));
                Collections.rotate(faults, round);
                for (var fault : faults) {
                    var took = measure(batch, fault);
                    seconds.computeIfAbsent(fault, _ -> new ArrayList<>()).add(took);
                    System.out.printf(Locale.ROOT, "round %d, %s: %.3f s%n", round, fault, took);
                }
            }
        }
    }

    private double measure(ResourceBatch batch, AccountFault fault) {
        machine.proxy.clear();
        machine.proxy.faults().on("*").delay(options.latency());
        fault.inject(machine.proxy);
        if (fault != AccountFault.ABSENT) {
            kubectl.apply(ACCOUNT).orThrow();
        }
        settle();
        // The waiting resources may get Ready one by one.
        var took = batch.createUntilReady(
                status -> !String.valueOf(status.roleARN()).contains(OTHER));
        batch.deleteAndAwait(status -> !String.valueOf(status.roleARN()).contains(OTHER));
        batch.awaitNoServiceAccounts();
        kubectl.run("delete", "iamaccount", "other", "--ignore-not-found").orThrow();
        settle();
        return took.toMillis() / 1000.0;
    }

    private static void settle() {
        Awaitility.await("some time passes")
                .pollDelay(SETTLE)
                .atMost(SETTLE.multipliedBy(2))
                .until(() -> true);
    }

    private Table table() {
        var rows = Arrays.stream(AccountFault.values())
                .map(fault -> List.of(
                        fault.description(),
                        decimal(Median.of(of(fault))),
                        decimal(Collections.min(of(fault))) + " to " + decimal(Collections.max(of(fault))),
                        fault == AccountFault.ABSENT ? "" : decimal(ratio(fault)) + " (" + interval(fault) + ")"))
                .toList();
        return new Table(
                List.of(
                        "the other account",
                        "n = " + options.sizes().getFirst() + ", all Ready, s",
                        "range",
                        "ratio (95 % interval)"),
                rows);
    }

    private boolean isPromiseKept() {
        return Arrays.stream(AccountFault.values()).allMatch(fault -> ratio(fault) <= PROMISED);
    }

    private double ratio(AccountFault fault) {
        return Median.of(of(fault)) / Median.of(of(AccountFault.ABSENT));
    }

    /** Returns the interval of the ratio of the medians, by resampling. */
    private String interval(AccountFault fault) {
        var random = new Random(1);
        var ratios = IntStream.range(0, RESAMPLES)
                .mapToObj(_ ->
                        Median.of(resample(of(fault), random)) / Median.of(resample(of(AccountFault.ABSENT), random)))
                .sorted()
                .toList();
        return decimal(ratios.get(RESAMPLES / 40)) + " to " + decimal(ratios.get(RESAMPLES - RESAMPLES / 40 - 1));
    }

    private static List<Double> resample(List<Double> figures, Random random) {
        return random.ints(figures.size(), 0, figures.size())
                .mapToObj(figures::get)
                .toList();
    }

    private List<Double> of(AccountFault fault) {
        return seconds.getOrDefault(fault, List.of());
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
