package dev.irsa.performance.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Formats measurements side by side.
 *
 * @param heads the differing parameter of each, such as {@code 200 resources}
 * @param measurements in the same order
 */
record MeasurementTables(List<String> heads, List<Measurement> measurements) {
    /** The memory of fewer resources does not stand out from what the warm-up of the JVM adds. */
    private static final int COUNTABLE = 500;

    MeasurementTables {
        heads = List.copyOf(heads);
        measurements = List.copyOf(measurements);
    }

    /** Returns the table of all sizes. */
    Table table() {
        return new Table(
                head(),
                List.of(
                        row("time to Ready of all, s", m -> seconds(m.create().took())),
                        row("the same calls without an operator, s", m -> seconds(m.baseline())),
                        row(
                                "AWS calls per role",
                                m -> decimal((double) m.create().callCount() / m.size())),
                        row(
                                "CPU of the operator until idle, s",
                                m -> seconds(m.create().cpu())),
                        row(
                                "CPU of the operator per resource, ms",
                                m -> milliseconds(m.create().cpu(), m.size())),
                        row(
                                "CPU of all programs until Ready, s",
                                m -> seconds(m.create().processors().total())),
                        row("memory when idle, MiB", m -> mebibytes(m.atRest().residentKiB())),
                        with("memory of each further resource, KiB", growth()),
                        row("peak memory, MiB", m -> mebibytes(m.atRest().peakKiB())),
                        row(
                                "idle for a minute: AWS calls",
                                m -> Long.toString(m.rest().callCount())),
                        row(
                                "idle for a minute: Kubernetes writes",
                                m -> Long.toString(m.rest().writesToKubernetes())),
                        row(
                                "restart: until all are reconciled, s",
                                m -> seconds(m.restart().took())),
                        row("restart: AWS calls", m -> Long.toString(m.restart().callCount())),
                        row("drift: roles changed", m -> Integer.toString(m.drifted())),
                        row(
                                "drift: until repaired, s",
                                m -> m.drift()
                                        .map(Phase::took)
                                        .map(MeasurementTables::seconds)
                                        .orElse("-")),
                        row(
                                "peak memory with sweeps, MiB",
                                m -> mebibytes(m.afterRestart().peakKiB())),
                        row("deletion of all, s", m -> seconds(m.deletion().took()))));
    }

    /** Returns what a resource adds to the idle memory, by the difference to the column before. */
    private List<String> growth() {
        return IntStream.range(0, measurements.size())
                .mapToObj(index -> index == 0 ? "-" : growth(measurements.get(index - 1), measurements.get(index)))
                .toList();
    }

    private static String growth(Measurement smaller, Measurement larger) {
        var resources = larger.size() - smaller.size();
        var memory = larger.atRest().residentKiB() - smaller.atRest().residentKiB();
        return resources < COUNTABLE ? "-" : decimal((double) memory / resources);
    }

    /** Returns the table for different limits on calls in flight. */
    Table pace() {
        return new Table(
                head(),
                List.of(
                        row("time to Ready of all, s", m -> seconds(m.create().took())),
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

    private static String seconds(Duration duration) {
        return decimal(duration.toMillis() / 1000.0);
    }

    private static String milliseconds(Duration duration, int size) {
        return decimal((double) duration.toMillis() / size);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String mebibytes(long kibibytes) {
        return Long.toString(Math.round(kibibytes / 1024.0));
    }
}
