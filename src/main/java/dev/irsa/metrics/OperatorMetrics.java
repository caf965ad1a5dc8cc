package dev.irsa.metrics;

import dev.irsa.drift.SweepReport;
import dev.irsa.port.Gate;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The figures of this process, in the text format of Prometheus. */
public final class OperatorMetrics implements Consumer<SweepReport> {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final InstantSource clock;
    private final Timer sweeps;
    private volatile Optional<Instant> lastSweep = Optional.empty();
    private volatile int orphans;

    /** Figures that begin at nothing. */
    public OperatorMetrics(InstantSource clock) {
        this.clock = clock;
        this.sweeps = Timer.builder("irsa.sweep.duration")
                .description("Time to read all roles of the account in bulk")
                .register(registry);
        Gauge.builder("irsa.sweep.age", this::sweepAge)
                .baseUnit("seconds")
                .description("Time since the last whole sweep ended; NaN before the first")
                .register(registry);
        Gauge.builder("irsa.orphaned.roles", () -> orphans)
                .description("Roles of this cluster whose resource is no longer there")
                .register(registry);
    }

    @Override
    public void accept(SweepReport report) {
        sweeps.record(report.took());
        orphans = report.orphans();
        lastSweep = Optional.of(clock.instant());
    }

    /** A gate that counts and times the calls that pass it. */
    public Gate counted() {
        return new CountedCalls(registry);
    }

    /** Has it told whether this replica works. */
    public void tellWhether(BooleanSupplier leads) {
        Gauge.builder("irsa.leader", () -> leads.getAsBoolean() ? 1 : 0)
                .description("1: this replica works; 0: it stands by")
                .register(registry);
    }

    /** All figures, as a scrape gets them. */
    public String scrape() {
        return registry.scrape();
    }

    private double sweepAge() {
        return lastSweep
                .map(swept -> Duration.between(swept, clock.instant()).toMillis() / 1000.0)
                .orElse(Double.NaN);
    }
}
