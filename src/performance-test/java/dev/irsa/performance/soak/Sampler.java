package dev.irsa.performance.soak;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.e2e.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Samples the operator and writes each sample to a file at once. */
final class Sampler {
    private static final String RECONCILES = "reconciliations_started_total{controller_name=\"iamserviceaccount\"}";

    private final SoakMachine machine;
    private final OperatorProcess operator;
    private final Path file;
    private final long began = System.nanoTime();
    private final List<Sample> samples = new CopyOnWriteArrayList<>();
    private Duration last = Duration.ZERO;
    private double reconciles;

    /** Starts the counters. */
    Sampler(SoakMachine machine, OperatorProcess operator, Path file) throws IOException {
        this.machine = machine;
        this.operator = operator;
        this.file = file;
        machine.proxy().calls().take();
        machine.audit().countSinceLast();
        reconciles = Metrics.sum(operator, RECONCILES);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, Sample.HEAD + "\n");
    }

    /** Returns the time since the start. */
    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    void sample() {
        double started = Metrics.sum(operator, RECONCILES);
        Duration now = elapsed();
        Sample sample = new Sample(
                now,
                now.minus(last),
                operator.residentKiB() / 1024.0,
                Metrics.sum(operator, "jvm_memory_used_bytes{area=\"heap\"") / 1048576,
                Metrics.sum(operator, "jvm_threads_live_threads"),
                Metrics.sum(operator, "process_files_open_files"),
                machine.proxy().calls().take(),
                machine.audit().countSinceLast(),
                started - reconciles,
                Metrics.sum(operator, "irsa_sweep_duration_seconds_count"),
                operator.status("/livez"));
        // The log would grow with every call.
        machine.iam().calls().reset();
        last = now;
        reconciles = started;
        samples.add(sample);
        write(sample.line());
    }

    /** Returns the samples in {@code [from, to)}, in order. */
    List<Sample> between(Duration from, Duration to) {
        return samples.stream()
                .filter(sample ->
                        sample.at().compareTo(from) >= 0 && sample.at().compareTo(to) < 0)
                .toList();
    }

    List<Sample> all() {
        return List.copyOf(samples);
    }

    private void write(String line) {
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
