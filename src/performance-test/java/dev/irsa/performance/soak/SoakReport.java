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
 * @param story what was done, in a paragraph
 */
record SoakReport(String story, SoakResults findings, List<InjectedFault> faults) {
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
                story,
                growths().markdown(),
                rateTable().markdown(),
                faultTable().markdown(),
                criteria().markdown());
    }

    private Table growths() {
        List<List<String>> rows = new ArrayList<>();
        for (Growth growth : findings.growths()) {
            rows.add(List.of(growth.what(), number(growth.first()), number(growth.last()), growth.percent()));
        }
        return new Table(List.of("", "first third", "last third", "growth"), rows);
    }

    private Table rateTable() {
        return new Table(
                List.of("an hour", "first third", "last third", "at rest"),
                List.of(
                        rate("calls to AWS", Sample::awsPerHour),
                        rate("requests to the API server", Sample::apiPerHour),
                        rate("reconciles", Sample::reconcilesPerHour)));
    }

    private List<String> rate(String what, ToDoubleFunction<Sample> value) {
        return List.of(
                what,
                whole(mean(findings.first(), value)),
                whole(mean(findings.last(), value)),
                whole(mean(findings.rest(), value)));
    }

    private Table faultTable() {
        List<List<String>> rows = Arrays.stream(FaultKind.values())
                .map(kind -> List.of(
                        kind.what(),
                        Long.toString(faults.stream()
                                .filter(fault -> fault.kind() == kind)
                                .count()),
                        Integer.toString(findings.log().explained().getOrDefault(kind, 0))))
                .collect(Collectors.toCollection(ArrayList::new));
        rows.add(List.of(
                "people had attached a policy to a role that then was deleted",
                "",
                Integer.toString(findings.log().byHand())));
        return new Table(List.of("fault", "times", "warnings that it explains"), rows);
    }

    private Table criteria() {
        return new Table(
                List.of("what must be so", "found", ""),
                findings.criteria().stream()
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
                "an hour",
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
                findings.all().stream()
                        .map(sample -> new Point(sample.minutes(), value.applyAsDouble(sample)))
                        .toList());
    }

    private static void write(String name, Plot plot) throws IOException {
        Files.writeString(DOCS.resolve(name), plot.svg());
    }

    private static double mean(List<Sample> samples, ToDoubleFunction<Sample> value) {
        return samples.stream().mapToDouble(value).average().orElse(Double.NaN);
    }

    /** All of it is printed; a table with paragraphs cannot be read. */
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
