package dev.irsa.performance.bench;

import dev.irsa.fixtures.docs.ReportFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Measures the operator, prints the results, and writes docs/performance.md and its plots. */
public final class Bench {
    private static final Path DOCS = Path.of("docs");

    private static final ReportFile REPORT = new ReportFile(DOCS.resolve("performance.md"));

    private static final List<String> NO_FOREIGN_RESOURCES = List.of("--foreign-roles=0", "--foreign-accounts=0");

    private final BenchMachine machine;
    private final BenchOptions options;

    private Bench(BenchMachine machine, BenchOptions options) {
        this.machine = machine;
        this.options = options;
    }

    /** {@link BenchOptions} lists the arguments. A table without values is not measured. */
    public static void main(String[] args) throws IOException {
        var all = BenchOptions.of(args);
        var alone = BenchOptions.of(Stream.concat(Arrays.stream(args), NO_FOREIGN_RESOURCES.stream())
                .toArray(String[]::new));
        if (!alone.compared().isEmpty() || !alone.inFlight().isEmpty()) {
            REPORT.replace("machine", HostDescription.describe(alone, LocalDate.now(ZoneOffset.UTC)));
            try (var machine = BenchMachine.start(alone)) {
                var bench = new Bench(machine, alone);
                bench.sideBySide();
                bench.bySetting("in-flight", "--aws-max-in-flight", alone.inFlight(), MeasurementTables::pace);
            }
        }
        if (!all.sizes().isEmpty() || !all.pageSizes().isEmpty()) {
            REPORT.replace("sizes-machine", HostDescription.describe(all, LocalDate.now(ZoneOffset.UTC)));
            try (var machine = BenchMachine.start(all)) {
                var bench = new Bench(machine, all);
                bench.bySize();
                bench.bySetting("page-size", "--sweep-page-size", all.pageSizes(), MeasurementTables::memory);
            }
        }
    }

    /** Measures the jar without and with the ahead-of-time cache, with which the image starts. */
    private void sideBySide() throws IOException {
        var builds = new SideBySide(machine, options, machine.launches(OperatorBuild.entrypoints(options.before())));
        for (var size : options.compared()) {
            report("side-by-side-" + size, builds.measure(size, true));
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
            Files.writeString(
                    DOCS.resolve("performance-processors.svg"),
                    plots.processors().svg());
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
        REPORT.replace(part, table.markdown());
    }
}
