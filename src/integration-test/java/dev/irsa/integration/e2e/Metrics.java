package dev.irsa.integration.e2e;

import dev.irsa.fixtures.process.OperatorProcess;
import java.util.List;

/** What the operator tells Prometheus. */
public final class Metrics {
    private static final String SWEEPS = "irsa_sweep_duration_seconds_count";

    private Metrics() {}

    /** The value of a series, by its name and labels as they are written. */
    static double value(OperatorProcess operator, String series) {
        return operator.page("/metrics")
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + series + " in\n" + operator.page("/metrics")));
    }

    /** The sum of all series whose names and labels, as they are written, begin like this. */
    public static double sum(OperatorProcess operator, String beginning) {
        return operator.page("/metrics")
                .lines()
                .filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Waits until one sweep was whole, where none may have been, and nothing is at work. */
    static void awaitFirstSweep(OperatorProcess operator) {
        World.await().until(() -> value(operator, SWEEPS) > 0);
        // Whom it concerns was woken before it was counted, and may yet have to take what it saw.
        World.await().until(() -> isIdle(operator));
    }

    private static boolean isIdle(OperatorProcess operator) {
        List<String> work = operator.page("/metrics")
                .lines()
                .filter(line -> line.startsWith("reconciliations_queue{") || line.startsWith("reconciliations_active{"))
                .toList();
        return !work.isEmpty() && work.stream().allMatch(line -> line.endsWith(" 0.0"));
    }

    /** Waits until so many sweeps have begun and ended from now on. */
    static void awaitSweeps(OperatorProcess operator, int sweeps) {
        // One may have begun before now.
        double enough = value(operator, SWEEPS) + sweeps + 1;
        World.await().until(() -> value(operator, SWEEPS) >= enough);
    }
}
