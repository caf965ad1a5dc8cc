package dev.irsa.performance.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The same edit for several numbers of resources, side by side.
 *
 * @param resources the numbers
 * @param phases one for each number
 */
record EditTable(List<Integer> resources, List<Phase> phases) {
    private static final int MOST_CALLS_PER_ROLE = 3;

    EditTable {
        resources = List.copyOf(resources);
        phases = List.copyOf(phases);
    }

    Table table() {
        var head = Stream.concat(Stream.of(""), resources.stream().map(size -> "n = " + size));
        var rows = new ArrayList<List<String>>();
        rows.add(row("from the edit to the last Ready, s", (phase, size) -> decimal(phase.seconds())));
        rows.add(row("AWS calls per role", (phase, size) -> decimal(callsPerRole(phase, size))));
        rows.add(row("AWS calls per second", (phase, size) -> decimal(phase.callCount() / phase.seconds())));
        rows.add(row(
                "CPU of the operator until idle, s",
                (phase, size) -> decimal(phase.cpu().toMillis() / 1000.0)));
        return new Table(head.toList(), rows);
    }

    /** Returns for which numbers of resources a role needed more calls than promised. */
    List<String> violations() {
        return IntStream.range(0, phases.size())
                .filter(i -> callsPerRole(phases.get(i), resources.get(i)) > MOST_CALLS_PER_ROLE)
                .mapToObj(i -> "n = " + resources.get(i) + ": more than " + MOST_CALLS_PER_ROLE
                        + " AWS calls per role: " + phases.get(i).calls())
                .toList();
    }

    private static double callsPerRole(Phase phase, int resources) {
        return (double) phase.callCount() / resources;
    }

    private List<String> row(String name, BiFunction<Phase, Integer, String> value) {
        return Stream.concat(
                        Stream.of(name),
                        IntStream.range(0, phases.size()).mapToObj(i -> value.apply(phases.get(i), resources.get(i))))
                .toList();
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
