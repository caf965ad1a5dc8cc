package dev.irsa.performance.bench;

import dev.irsa.fixtures.docs.ReportFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Measures edits of a policy template, prints the results, and writes docs/performance.md. */
final class TemplateBench {
    private static final ReportFile REPORT = new ReportFile(Path.of("docs", "performance.md"));

    private TemplateBench() {}

    /** {@link BenchOptions} lists the arguments. The sizes are the numbers of resources that use the template. */
    public static void main(String[] args) throws IOException {
        var options = BenchOptions.of(args);
        var environment = HostDescription.describe(options, LocalDate.now(ZoneOffset.UTC));
        try (var machine = BenchMachine.start(options)) {
            var edits = new ArrayList<Phase>();
            for (var size : options.sizes()) {
                edits.add(new TemplateEdit(machine, options).run(size));
                var table = new Edits(options.sizes().subList(0, edits.size()), edits)
                        .table()
                        .markdown();
                System.out.println("\n" + table);
                REPORT.replace("template-machine", environment);
                REPORT.replace("template-edit", table);
            }
        }
    }

    /** The edits side by side. */
    private record Edits(List<Integer> users, List<Phase> phases) {
        Table table() {
            var head = Stream.concat(Stream.of(""), users.stream().map(size -> "n = " + size));
            var rows = new ArrayList<List<String>>();
            rows.add(row("from the edit to the last Ready, s", (phase, size) -> decimal(phase.seconds())));
            rows.add(row("AWS calls per role", (phase, size) -> decimal((double) phase.callCount() / size)));
            counted(phases.stream().flatMap(phase -> phase.calls().keySet().stream()))
                    .forEach(call -> rows.add(row(
                            "AWS calls: " + call.replace("iam:", ""),
                            (phase, size) -> count(phase.calls().getOrDefault(call, 0L)))));
            rows.add(row("AWS calls per second", (phase, size) -> decimal(phase.callCount() / phase.seconds())));
            rows.add(row("peak AWS calls in one second", (phase, size) -> count(phase.peakPerSecond())));
            rows.add(row("peak AWS calls in flight", (phase, size) -> count(phase.peakInFlight())));
            counted(phases.stream().flatMap(phase -> phase.requests().keySet().stream()))
                    .forEach(request -> rows.add(row(
                            "Kubernetes: " + request,
                            (phase, size) -> count(phase.requests().getOrDefault(request, 0L)))));
            rows.add(row(
                    "CPU of the operator until idle, s",
                    (phase, size) -> decimal(phase.cpu().toMillis() / 1000.0)));
            rows.add(row(
                    "CPU of all until Ready, s",
                    (phase, size) -> decimal(phase.processors().total().toMillis() / 1000.0)));
            return new Table(head.toList(), rows);
        }

        private List<String> row(String name, BiFunction<Phase, Integer, String> value) {
            return Stream.concat(
                            Stream.of(name),
                            IntStream.range(0, phases.size()).mapToObj(i -> value.apply(phases.get(i), users.get(i))))
                    .toList();
        }

        private static List<String> counted(Stream<String> names) {
            return names.distinct().sorted().toList();
        }

        private static String count(long number) {
            return Long.toString(number);
        }

        private static String decimal(double value) {
            return String.format(Locale.ROOT, "%.2f", value);
        }
    }
}
