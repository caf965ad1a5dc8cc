package dev.irsa.performance.soak;

import dev.irsa.fixtures.docs.ReportFile;
import dev.irsa.performance.bench.Axis.Scale;
import dev.irsa.performance.bench.Plot;
import dev.irsa.performance.bench.Plot.Across;
import dev.irsa.performance.bench.Plot.Line;
import dev.irsa.performance.bench.Plot.Point;
import dev.irsa.performance.bench.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The section "One hour" of docs/reliability.md and its plots.
 *
 * @param summary a paragraph about the test
 */
record SoakReport(String summary, SoakResults results, List<InjectedFault> faults) {
    private static final Path DOCS = Path.of("docs");

    void write() throws IOException {
        new ReportFile(DOCS.resolve("reliability.md")).replace("soak", markdown());
        write("reliability-soak-memory.svg", memory());
        write("reliability-soak-handles.svg", handles());
        write("reliability-soak-rates.svg", rates());
    }

    String markdown() {
        return String.join("\n", summary, faultList(), criteria().markdown());
    }

    private String faultList() {
        return Arrays.stream(FaultKind.values())
                .map(kind -> "- " + kind.what() + " ("
                        + faults.stream().filter(fault -> fault.kind() == kind).count() + ")\n")
                .collect(Collectors.joining("", "Faults and how often they occurred:\n\n", ""));
    }

    private Table criteria() {
        return new Table(
                List.of("criterion", "found"),
                results.criteria().stream()
                        .map(criterion -> List.of(
                                criterion.what(),
                                shortened(criterion.found()) + (criterion.holds() ? "" : ", **fails**")))
                        .toList());
    }

    private Plot memory() {
        return plot(
                "Memory of the operator",
                "MiB",
                line("resident", Sample::residentMiB),
                line("heap in use", Sample::heapMiB));
    }

    private Plot handles() {
        return plot("Threads and open files", "", line("threads", Sample::threads), line("open files", Sample::files));
    }

    private Plot rates() {
        return plot(
                "Calls and reconciles",
                "per hour",
                line("calls to AWS", Sample::awsPerHour),
                line("API requests", Sample::apiPerHour),
                line("reconciles", Sample::reconcilesPerHour));
    }

    private static Plot plot(String title, String unit, Line... lines) {
        return new Plot(title, unit, Scale.Linear, new Across("minutes", Scale.Linear), List.of(lines));
    }

    private Line line(String name, ToDoubleFunction<Sample> value) {
        return new Line(
                name,
                results.all().stream()
                        .map(sample -> new Point(sample.minutes(), value.applyAsDouble(sample)))
                        .toList());
    }

    private static void write(String name, Plot plot) throws IOException {
        Files.writeString(DOCS.resolve(name), plot.svg());
    }

    /** Shortens a value for the table; the full value is printed. */
    private static String shortened(String found) {
        return found.length() <= 40 ? found : found.substring(0, 40) + " ...";
    }
}
