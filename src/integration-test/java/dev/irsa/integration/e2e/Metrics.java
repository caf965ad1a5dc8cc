package dev.irsa.integration.e2e;

import dev.irsa.fixtures.process.OperatorProcess;
import java.util.List;
import java.util.stream.Stream;

/** Reads the metrics of the operator. */
public final class Metrics {
    private static final String SWEEPS = "irsa_sweep_duration_seconds_count";

    private Metrics() {}

    /** Returns the value of a series by its name and labels as exposed. */
    static double value(OperatorProcess operator, String series) {
        return lines(operator)
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + series + " in\n" + operator.page("/metrics")));
    }

    /** Returns the sum of all series whose name and labels start with this text. */
    public static double sum(OperatorProcess operator, String beginning) {
        return lines(operator)
                .filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Returns the series as Prometheus understands them, where an empty label is none. Those of the operator's account have one. */
    private static Stream<String> lines(OperatorProcess operator) {
        return operator.page("/metrics")
                .lines()
                .map(line -> line.replace("{account=\"\"}", "")
                        .replace("account=\"\",", "")
                        .replace(",account=\"\"", ""));
    }

    /** Waits until one sweep has completed and no reconcile is queued or running. */
    static void awaitFirstSweep(OperatorProcess operator) {
        TestEnvironment.await().until(() -> value(operator, SWEEPS) > 0);
        // The sweep requeues resources before it is counted; their reconciles may still be running.
        TestEnvironment.await().until(() -> isIdle(operator));
    }

    private static boolean isIdle(OperatorProcess operator) {
        List<String> work = operator.page("/metrics")
                .lines()
                .filter(line -> line.startsWith("reconciliations_queue{") || line.startsWith("reconciliations_active{"))
                .toList();
        return !work.isEmpty() && work.stream().allMatch(line -> line.endsWith(" 0.0"));
    }

    /** Waits until this many sweeps have started and completed from now on. */
    static void awaitSweeps(OperatorProcess operator, int sweeps) {
        // One sweep may have started before now.
        double enough = value(operator, SWEEPS) + sweeps + 1;
        TestEnvironment.await().until(() -> value(operator, SWEEPS) >= enough);
    }
}
