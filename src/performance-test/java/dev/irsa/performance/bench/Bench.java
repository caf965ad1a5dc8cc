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

/** Measures, prints, and writes docs/performance.md and its plots. */
public final class Bench {
    private static final Path DOCS = Path.of("docs");

    private final BenchMachine machine;
    private final BenchOptions options;
    private final ReportFile report = new ReportFile(DOCS.resolve("performance.md"));

    private Bench(BenchMachine machine, BenchOptions options) {
        this.machine = machine;
        this.options = options;
    }

    /** Runs it; {@link BenchOptions} has the arguments. */
    public static void main(String[] args) throws IOException {
        var options = BenchOptions.of(args);
        var surroundings = HostDescription.describe(options, LocalDate.now(ZoneOffset.UTC));
        try (var machine = BenchMachine.start(options)) {
            new Bench(machine, options).run(surroundings);
        }
    }

    private void run(String surroundings) throws IOException {
        report.replace("machine", surroundings);
        bySize();
        bySetting("in-flight", "--aws-max-in-flight", options.inFlight(), MeasurementTables::pace);
        bySetting("page-size", "--sweep-page-size", options.pageSizes(), MeasurementTables::memory);
    }

    /** Written after each, so that a long run that breaks off leaves what it found. */
    private void bySize() throws IOException {
        var measurements = new ArrayList<Measurement>();
        for (var size : options.sizes()) {
            measurements.add(new Scenario(machine, options, "size-" + size).run(size));
            var heads = measurements.stream()
                    .map(measurement -> "n = " + measurement.size())
                    .toList();
            tell("sizes", new MeasurementTables(heads, measurements).table());
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
            tell(part, table.apply(new MeasurementTables(heads, measurements)));
        }
    }

    private void tell(String part, Table table) throws IOException {
        System.out.println("\n" + table.markdown());
        report.replace(part, table.markdown());
    }
}
