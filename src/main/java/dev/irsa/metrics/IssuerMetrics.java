package dev.irsa.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The metrics of the published issuer. */
public final class IssuerMetrics {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final InstantSource clock;
    private volatile Instant upToDate;
    private volatile int current;
    private volatile int retained;

    /** Registers the metrics, and those of the process with this version. */
    public IssuerMetrics(InstantSource clock, String version) {
        this.clock = clock;
        this.upToDate = clock.instant();
        ProcessMetrics.UNWANTED.forEach(registry.config()::meterFilter);
        ProcessMetrics.register(registry, version);
        Gauge.builder("irsa.issuer.age", this::age)
                .description("Time since the published documents were last known to be up to date, or since the start")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("irsa.issuer.keys", () -> current)
                .description("Published keys; state is current if an API server has the key, and otherwise retained")
                .tag("state", "current")
                .register(registry);
        Gauge.builder("irsa.issuer.keys", () -> retained)
                .description("Published keys; state is current if an API server has the key, and otherwise retained")
                .tag("state", "retained")
                .register(registry);
    }

    /** Reports that the documents are up to date now. */
    public void upToDate() {
        upToDate = clock.instant();
    }

    /** Reports how many keys are published. */
    public void published(int currentKeys, int retainedKeys) {
        current = currentKeys;
        retained = retainedKeys;
    }

    /** Returns the metrics in the Prometheus text format. */
    public String scrape() {
        return registry.scrape();
    }

    private double age() {
        return Duration.between(upToDate, clock.instant()).toMillis() / 1000.0;
    }
}
