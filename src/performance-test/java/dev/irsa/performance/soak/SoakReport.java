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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
        return String.join(
                "\n",
                summary,
                growths().markdown(),
                rateTable().markdown(),
                faultTable().markdown(),
                criteria().markdown());
    }

    private Table growths() {
        List<List<String>> rows = new ArrayList<>();
        for (Growth growth : results.growths()) {
            rows.add(List.of(growth.what(), number(growth.first()), number(growth.last()), growth.percent()));
        }
        return new Table(List.of("", "first third", "last third", "growth"), rows);
    }

    private Table rateTable() {
        return new Table(
                List.of("per hour", "first third", "last third", "idle"),
                List.of(
                        rate("calls to AWS", Sample::awsPerHour),
                        rate("requests to the API server", Sample::apiPerHour),
                        rate("reconciles", Sample::reconcilesPerHour)));
    }

    private List<String> rate(String what, ToDoubleFunction<Sample> value) {
        return List.of(
                what,
                whole(mean(results.first(), value)),
                whole(mean(results.last(), value)),
                whole(mean(results.rest(), value)));
    }

    private Table faultTable() {
        List<List<String>> rows = Arrays.stream(FaultKind.values())
                .map(kind -> List.of(
                        kind.what(),
                        Long.toString(faults.stream()
                                .filter(fault -> fault.kind() == kind)
                                .count()),
                        Integer.toString(results.log().explained().getOrDefault(kind, 0))))
                .collect(Collectors.toCollection(ArrayList::new));
        rows.add(List.of(
                "a user had attached a policy to a role that was deleted later",
                "",
                Integer.toString(results.log().byHand())));
        return new Table(List.of("fault", "times", "explained warnings"), rows);
    }

    private Table criteria() {
        return new Table(
                List.of("criterion", "found", ""),
                results.criteria().stream()
                        .map(criterion -> List.of(
                                criterion.what(),
                                shortened(criterion.found()),
                                criterion.holds() ? "holds" : "**fails**"))
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
                false,
                results.all().stream()
                        .map(sample -> new Point(sample.minutes(), value.applyAsDouble(sample)))
                        .toList());
    }

    private static void write(String name, Plot plot) throws IOException {
        Files.writeString(DOCS.resolve(name), plot.svg());
    }

    private static double mean(List<Sample> samples, ToDoubleFunction<Sample> value) {
        return samples.stream().mapToDouble(value).average().orElse(Double.NaN);
    }

    /** Shortens a value for the table; the full value is printed. */
    private static String shortened(String found) {
        return found.length() <= 40 ? found : found.substring(0, 40) + " ...";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
