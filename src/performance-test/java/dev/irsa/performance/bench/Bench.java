package dev.irsa.performance.bench;

import dev.irsa.fixtures.docs.ReportFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Measures the operator, prints the results, and writes docs/performance.md and its plots. */
public final class Bench {
    private static final Path DOCS = Path.of("docs");

    /** The numbers of resources with which the builds are compared. */
    private static final List<Integer> COMPARED = List.of(200, 1000);

    private final BenchMachine machine;
    private final BenchOptions options;
    private final ReportFile report = new ReportFile(DOCS.resolve("performance.md"));

    private Bench(BenchMachine machine, BenchOptions options) {
        this.machine = machine;
        this.options = options;
    }

    /** {@link BenchOptions} lists the arguments. */
    public static void main(String[] args) throws IOException {
        var options = BenchOptions.of(args);
        var environment = HostDescription.describe(options, LocalDate.now(ZoneOffset.UTC));
        try (var machine = BenchMachine.start(options)) {
            new Bench(machine, options).run(environment);
        }
    }

    private void run(String environment) throws IOException {
        report.replace("machine", environment);
        sideBySide();
        bySize();
        bySetting("in-flight", "--aws-max-in-flight", options.inFlight(), MeasurementTables::pace);
        bySetting("page-size", "--sweep-page-size", options.pageSizes(), MeasurementTables::memory);
    }

    /** Measures the jar without and with the ahead-of-time cache, with which the image starts. */
    private void sideBySide() throws IOException {
        var builds = machine.launches(OperatorBuild.entrypoints(options.before()));
        for (var size : COMPARED) {
            report("side-by-side-" + size, new SideBySide(machine, options, builds).measure(size));
        }
    }

    /** Writes the report after each size, so that an interrupted run keeps its results. */
    private void bySize() throws IOException {
        var measurements = new ArrayList<Measurement>();
        for (var size : options.sizes()) {
            measurements.add(new Scenario(machine, options, "size-" + size).run(size));
            var heads = measurements.stream()
                    .map(measurement -> "n = " + measurement.size())
                    .toList();
            report("sizes", new MeasurementTables(heads, measurements).table());
            var plots = new Plots(measurements);
            Files.writeString(
                    DOCS.resolve("performance-memory.svg"), plots.memory().svg());
            Files.writeString(DOCS.resolve("performance-time.svg"), plots.time().svg());
        }
    }

    private void bySetting(String part, String flag, List<Integer> values, Function<MeasurementTables, Table> table)
            throws IOException {
        if (values.isEmpty() || !Flags.of(machine.launch().entrypoint()).has(flag)) {
            return;
        }
        var heads = new ArrayList<String>();
        var measurements = new ArrayList<Measurement>();
        for (var value : values) {
            heads.add(flag + "=" + value);
            measurements.add(
                    new Scenario(machine, options, part + "-" + value, flag + "=" + value).run(options.settingsSize()));
            report(part, table.apply(new MeasurementTables(heads, measurements)));
        }
    }

    private void report(String part, Table table) throws IOException {
        System.out.println("\n" + table.markdown());
        report.replace(part, table.markdown());
    }
}
