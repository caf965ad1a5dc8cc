package dev.irsa.performance.bench;

import dev.irsa.performance.bench.Axis.Scale;
import dev.irsa.performance.bench.Plot.Line;
import dev.irsa.performance.bench.Plot.Point;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The plots of the first table.
 *
 * @param measurements by number of resources
 */
record Plots(List<Measurement> measurements) {
    Plots {
        measurements = List.copyOf(measurements);
    }

    /** Returns the plot of resident memory. */
    Plot memory() {
        return new Plot(
                "Resident memory",
                "MiB",
                Scale.Linear,
                List.of(
                        line("peak", m -> m.atRest().peakKiB() / 1024.0),
                        line("at rest", m -> m.atRest().residentKiB() / 1024.0)));
    }

    /** Returns the plot of the time until all are Ready. */
    Plot time() {
        return new Plot(
                "Time from the first create to the last Ready",
                "s",
                Scale.Logarithmic,
                List.of(
                        line("operator", m -> m.create().seconds()),
                        line("calls alone", m -> m.baseline().toMillis() / 1000.0)));
    }

    /** Returns the plot of the CPU time per resource of each program until all are Ready. */
    Plot processors() {
        return new Plot(
                "CPU time per resource until Ready",
                "ms",
                Scale.Logarithmic,
                Stream.of("kube-apiserver", "moto", "operator", "etcd")
                        .map(program -> line(
                                program,
                                m -> m.create()
                                                .processors()
                                                .used()
                                                .getOrDefault(program, Duration.ZERO)
                                                .toMillis()
                                        / (double) m.size()))
                        .toList());
    }

    private Line line(String name, ToDoubleFunction<Measurement> value) {
        return new Line(
                name,
                measurements.stream()
                        .map(m -> new Point(m.size(), value.applyAsDouble(m)))
                        .toList());
    }
}
