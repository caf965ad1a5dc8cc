package dev.irsa.performance.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Formats measurements side by side.
 *
 * @param heads the differing parameter of each, such as {@code 200 resources}
 * @param measurements in the same order
 */
record MeasurementTables(List<String> heads, List<Measurement> measurements) {
    MeasurementTables {
        heads = List.copyOf(heads);
        measurements = List.copyOf(measurements);
    }

    /** Returns the table of all values. */
    Table table() {
        var rows = new ArrayList<List<String>>();
        rows.add(row("time to Ready of all, s", m -> seconds(m.create().took())));
        rows.add(row("the same calls without an operator (baseline), s", m -> seconds(m.baseline())));
        rows.add(row("time / baseline", m -> decimal(m.timesBaseline())));
        rows.add(row("AWS calls per role", m -> decimal((double) m.create().callCount() / m.size())));
        rows.addAll(counts("AWS calls: ", m -> m.create().calls()));
        rows.add(
                row("peak AWS calls in flight", m -> Integer.toString(m.create().peakInFlight())));
        rows.addAll(counts("Kubernetes: ", m -> m.create().requests()));
        rows.addAll(processors());
        rows.add(
                row("CPU of the operator until idle, s", m -> seconds(m.create().cpu())));
        rows.add(row("memory when idle, MiB", m -> mebibytes(m.atRest().residentKiB())));
        rows.add(row("peak memory, MiB", m -> mebibytes(m.atRest().peakKiB())));
        rows.add(row("idle: AWS calls", m -> Long.toString(m.rest().callCount())));
        rows.add(row("idle: Kubernetes writes", m -> Long.toString(m.rest().writesToKubernetes())));
        rows.add(row("idle: CPU, s", m -> seconds(m.rest().cpu())));
        rows.add(row("restart: time to ready, s", m -> seconds(m.readyAgain())));
        rows.add(row(
                "restart: until all resources are reconciled, s",
                m -> seconds(m.restart().took())));
        rows.addAll(counts("restart: ", m -> m.restart().calls()));
        rows.add(
                row("restart: Kubernetes writes", m -> Long.toString(m.restart().writesToKubernetes())));
        rows.add(row("drift: roles changed", m -> Integer.toString(m.drifted())));
        rows.add(row(
                "drift: until repaired, s",
                m -> m.drift().map(Phase::took).map(MeasurementTables::seconds).orElse("-")));
        rows.addAll(counts("drift: ", m -> m.drift().map(Phase::calls).orElse(Map.of())));
        rows.add(row(
                "peak memory with sweeps, MiB", m -> mebibytes(m.afterRestart().peakKiB())));
        rows.add(row("deletion of all, s", m -> seconds(m.deletion().took())));
        rows.addAll(counts("deletion: ", m -> m.deletion().calls()));
        return new Table(head(), rows);
    }

    /** Returns the table for different limits on calls in flight. */
    Table pace() {
        return new Table(
                head(),
                List.of(
                        row("time to Ready of all, s", m -> seconds(m.create().took())),
                        row(
                                "peak AWS calls in flight",
                                m -> Integer.toString(m.create().peakInFlight())),
                        row("CPU, s", m -> seconds(m.create().cpu())),
                        row("peak memory, MiB", m -> mebibytes(m.atRest().peakKiB())),
                        row("deletion of all, s", m -> seconds(m.deletion().took()))));
    }

    /** Returns the table for different page sizes. */
    Table memory() {
        return new Table(
                head(),
                List.of(
                        row(
                                "restart: until all resources are reconciled, s",
                                m -> seconds(m.restart().took())),
                        row("restart: AWS calls", m -> Long.toString(m.restart().callCount())),
                        row("memory when idle, MiB", m -> mebibytes(m.atRest().residentKiB())),
                        row("peak memory, MiB", m -> mebibytes(m.atRest().peakKiB())),
                        row(
                                "peak memory with sweeps, MiB",
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

    /** Returns a row for each kind that any measurement counted. */
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

    /** Returns CPU times until all were Ready. Their sum divided by the cores is a lower bound for the time. */
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
