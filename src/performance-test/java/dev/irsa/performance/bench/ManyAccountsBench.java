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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Measures one operator with resources in many accounts, from creation to deletion. Writes docs/performance-accounts.md. */
final class ManyAccountsBench {
    private static final ReportFile REPORT = new ReportFile(Path.of("docs", "performance-accounts.md"));
    private static final int ACCOUNTS = 20;
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final BenchMachine machine;
    private final BenchOptions options;
    private final List<List<String>> rows = new ArrayList<>();

    private ManyAccountsBench(BenchMachine machine, BenchOptions options) {
        this.machine = machine;
        this.options = options;
    }

    /** {@link BenchOptions} lists the arguments. */
    public static void main(String[] args) throws IOException {
        var options = BenchOptions.of(args);
        var environment = HostDescription.describe(options, LocalDate.now(ZoneOffset.UTC));
        try (var machine = BenchMachine.start(options)) {
            var bench = new ManyAccountsBench(machine, options);
            for (var size : options.sizes()) {
                bench.run(size);
            }
            var table = new Table(
                            List.of("phase", "time, s", "CPU, s", "AWS calls", "of STS", "memory, MiB"), bench.rows)
                    .markdown();
            System.out.println(table);
            REPORT.replace("many-accounts-machine", environment);
            REPORT.replace("many-accounts", table);
        }
    }

    private void run(int size) {
        machine.resetAws(options.latency());
        new Kubectl(machine.controlPlane.kubeconfig())
                .apply(IntStream.range(0, ACCOUNTS)
                        .mapToObj(ManyAccountsBench::manifest)
                        .collect(Collectors.joining()))
                .orThrow();
        var batch = new ResourceBatch(
                machine.controlPlane.client(),
                "many-" + size,
                size,
                i -> ResourceBatch.POLICIES + ", account: " + name(i % ACCOUNTS));
        try (var operator = machine.launch().startReady()) {
            var meter = new Meter(machine.proxy, machine.audit, operator);
            meter.awaitRest();
            meter.begin();
            record(size + " created until Ready", meter.endAtRest(batch.createUntilReady()), meter);
            meter.begin();
            Awaitility.await("some time passes")
                    .atMost(options.rest().plusMinutes(1))
                    .until(() -> meter.elapsed().compareTo(options.rest()) >= 0);
            record(
                    "at rest for " + options.rest().toSeconds() + " s, with the sweeps",
                    meter.end(meter.elapsed()),
                    meter);
        }
        machine.proxy.calls().clear();
        machine.audit.countSinceLast();
        try (var operator = machine.launch().start()) {
            var meter = new Meter(machine.proxy, machine.audit, operator);
            operator.awaitReady();
            Awaitility.await("every account has been swept").atMost(LONGEST).until(() -> sweeps() >= ACCOUNTS + 1);
            record("restart until all accounts are swept", meter.end(meter.elapsed()), meter);
            meter.awaitRest();
            meter.begin();
            record(size + " deleted", meter.endAtRest(batch.deleteAndAwait()), meter);
        }
        batch.awaitNoServiceAccounts();
    }

    private long sweeps() {
        return machine.proxy.calls().counts().getOrDefault("iam:ListRoles", 0L);
    }

    private void record(String phase, Phase measured, Meter meter) {
        rows.add(List.of(
                phase,
                String.format(Locale.ROOT, "%.1f", measured.seconds()),
                String.format(Locale.ROOT, "%.1f", measured.cpu().toMillis() / 1000.0),
                Long.toString(measured.callCount()),
                Long.toString(measured.calls().getOrDefault("sts:AssumeRole", 0L)),
                Long.toString(meter.memory().residentKiB() / 1024)));
        System.out.println(phase + ": " + measured.calls() + " " + measured.requests());
    }

    private static String manifest(int account) {
        return """
            ---
            apiVersion: irsa.dev/v1beta1
            kind: IamAccount
            metadata: {name: "%1$s"}
            spec: {accountID: "%2$s", roleARN: "arn:aws:iam::%2$s:role/irsa-operator", oidcProvider: Create}
            ---
            apiVersion: irsa.dev/v1beta1
            kind: IamEntitlement
            metadata: {name: "%1$s"}
            spec: {account: "%1$s", namespaceSelector: {}, allow: {managedPolicies: ["*"], inlineActions: ["*"]}}
            """.formatted(name(account), "4444555566" + (10 + account));
    }

    private static String name(int account) {
        return "account-" + account;
    }
}
