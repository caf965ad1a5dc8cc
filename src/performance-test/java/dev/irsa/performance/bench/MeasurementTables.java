package dev.irsa.performance.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Measurements side by side.
 *
 * @param heads what makes each of them different, such as {@code 200 resources}
 * @param measurements in the same order
 */
record MeasurementTables(List<String> heads, List<Measurement> measurements) {
    MeasurementTables {
        heads = List.copyOf(heads);
        measurements = List.copyOf(measurements);
    }

    /** All that is known. */
    Table table() {
        var rows = new ArrayList<List<String>>();
        rows.add(row("time to Ready of all, s", m -> seconds(m.create().took())));
        rows.add(row("the same calls without an operator, s", m -> seconds(m.floor())));
        rows.add(row("time / floor", m -> decimal(m.timesFloor())));
        rows.add(row("AWS calls a role", m -> decimal((double) m.create().callCount() / m.size())));
        rows.addAll(counts("AWS calls: ", m -> m.create().calls()));
        rows.add(row(
                "peak of AWS calls in flight", m -> Integer.toString(m.create().peakInFlight())));
        rows.addAll(counts("Kubernetes: ", m -> m.create().requests()));
        rows.addAll(processors());
        rows.add(row(
                "CPU of the operator until at rest, s", m -> seconds(m.create().cpu())));
        rows.add(row("memory at rest afterwards, MiB", m -> mebibytes(m.atRest().residentKiB())));
        rows.add(row("peak of memory, MiB", m -> mebibytes(m.atRest().peakKiB())));
        rows.add(row("at rest: AWS calls", m -> Long.toString(m.rest().callCount())));
        rows.add(row("at rest: Kubernetes writes", m -> Long.toString(m.rest().writesToKubernetes())));
        rows.add(row("at rest: CPU, s", m -> seconds(m.rest().cpu())));
        rows.add(row("restart: time to ready, s", m -> seconds(m.readyAgain())));
        rows.add(row(
                "restart: until all is looked at, s", m -> seconds(m.restart().took())));
        rows.addAll(counts("restart: ", m -> m.restart().calls()));
        rows.add(
                row("restart: Kubernetes writes", m -> Long.toString(m.restart().writesToKubernetes())));
        rows.add(row("drift: roles changed", m -> Integer.toString(m.drifted())));
        rows.add(row(
                "drift: until repaired, s",
                m -> m.drift().map(Phase::took).map(MeasurementTables::seconds).orElse("-")));
        rows.addAll(counts("drift: ", m -> m.drift().map(Phase::calls).orElse(Map.of())));
        rows.add(row(
                "peak of memory with sweeps, MiB",
                m -> mebibytes(m.afterRestart().peakKiB())));
        rows.add(row("deletion of all, s", m -> seconds(m.deletion().took())));
        rows.addAll(counts("deletion: ", m -> m.deletion().calls()));
        return new Table(head(), rows);
    }

    /** What a limit on calls in flight changes. */
    Table pace() {
        return new Table(
                head(),
                List.of(
                        row("time to Ready of all, s", m -> seconds(m.create().took())),
                        row(
                                "peak of AWS calls in flight",
                                m -> Integer.toString(m.create().peakInFlight())),
                        row("CPU, s", m -> seconds(m.create().cpu())),
                        row("peak of memory, MiB", m -> mebibytes(m.atRest().peakKiB())),
                        row("deletion of all, s", m -> seconds(m.deletion().took()))));
    }

    /** What the size of a page changes. */
    Table memory() {
        return new Table(
                head(),
                List.of(
                        row(
                                "restart: until all is looked at, s",
                                m -> seconds(m.restart().took())),
                        row("restart: AWS calls", m -> Long.toString(m.restart().callCount())),
                        row("memory at rest, MiB", m -> mebibytes(m.atRest().residentKiB())),
                        row("peak of memory, MiB", m -> mebibytes(m.atRest().peakKiB())),
                        row(
                                "peak of memory with sweeps, MiB",
                                m -> mebibytes(m.afterRestart().peakKiB()))));
    }

    private List<String> head() {
        return with("", heads);
    }

    private List<String> row(String name, Function<Measurement, String> value) {
        return with(name, measurements.stream().map(value).toList());
    }

    private static List<String> with(String first, List<String> others) {
        var all = new ArrayList<String>();
        all.add(first);
        all.addAll(others);
        return all;
    }

    /** A row for each thing that was counted with any of them. */
    private List<List<String>> counts(String prefix, Function<Measurement, Map<String, Long>> counts) {
        return measurements.stream()
                .flatMap(measurement -> counts.apply(measurement).keySet().stream())
                .distinct()
                .sorted()
                .map(thing -> row(
                        prefix + thing.replace("iam:", ""),
                        measurement -> Long.toString(counts.apply(measurement).getOrDefault(thing, 0L))))
                .toList();
    }

    /** Until all were Ready; divided by the cores, all together are a time that nothing could do without. */
    private List<List<String>> processors() {
        var rows = new ArrayList<List<String>>();
        measurements.stream()
                .flatMap(m -> m.create().processors().used().keySet().stream())
                .distinct()
                .sorted()
                .forEach(program -> rows.add(row(
                        "CPU of " + program + " until Ready, s",
                        m -> seconds(m.create().processors().used().getOrDefault(program, Duration.ZERO)))));
        rows.add(row(
                "CPU of all until Ready, s",
                m -> seconds(m.create().processors().total())));
        return rows;
    }

    private static String seconds(Duration duration) {
        return decimal(duration.toMillis() / 1000.0);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String mebibytes(long kibibytes) {
        return Long.toString(Math.round(kibibytes / 1024.0));
    }
}
