package dev.irsa.metrics;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.core.plan.Change;
import dev.irsa.port.ChangeListener;
import dev.irsa.port.Gate;
import dev.irsa.port.SweepReport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The figures of this process, in the text format of Prometheus. */
public final class OperatorMetrics implements Consumer<SweepReport>, ChangeListener {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final InstantSource clock;
    private final Timer sweeps;
    private final Counter throttled;
    private final ChangeMetrics changes;
    private volatile BooleanSupplier leads = () -> true;
    private volatile Supplier<Stream<IamServiceAccount>> resources = Stream::empty;
    private final ResourceMetrics resourceFigures;
    private volatile Optional<Instant> lastSweep = Optional.empty();
    private volatile int orphans;

    /**
     * Figures that begin at nothing.
     *
     * @param filters of others that have figures, to be taken before the first
     */
    public OperatorMetrics(InstantSource clock, List<MeterFilter> filters) {
        Stream.concat(ProcessMetrics.FILTERS.stream(), filters.stream()).forEach(registry.config()::meterFilter);
        this.clock = clock;
        this.changes = new ChangeMetrics(registry);
        this.resourceFigures = new ResourceMetrics(registry, this::ownResources);
        this.sweeps = Timer.builder("irsa.sweep.duration")
                .description("Time to read all roles of the account in bulk")
                .register(registry);
        this.throttled = Counter.builder("irsa.aws.throttled")
                .description("Tries of calls that AWS refused as too many, with those that the SDK made again")
                .register(registry);
        Gauge.builder("irsa.leader", () -> leads.getAsBoolean() ? 1 : 0)
                .description("1: this replica works; 0: it stands by")
                .register(registry);
        Gauge.builder("irsa.sweep.age", this::sweepAge)
                .baseUnit("seconds")
                .description("Time since the last whole sweep ended; NaN before the first")
                .register(registry);
        Gauge.builder("irsa.orphaned.roles", () -> orphans)
                .description("Roles of this cluster whose resource is no longer there")
                .register(registry);
    }

    /** Tells of this process, too. */
    public void tellOfProcess(String version) {
        new ProcessMetrics(version).bindTo(registry);
    }

    /** Tells whether this replica works, which it does unless this says otherwise. */
    public void tellWhether(BooleanSupplier works) {
        leads = works;
    }

    /** Counts what is in this cache from now on. */
    public void countResources(Supplier<Stream<IamServiceAccount>> cache) {
        resources = cache;
    }

    /** Who stands by has them all in its cache, too: it shows none, so that the sum over the replicas is right. */
    private Stream<IamServiceAccount> ownResources() {
        return leads.getAsBoolean() ? resources.get() : Stream.empty();
    }

    @Override
    public void accept(SweepReport report) {
        sweeps.record(report.took());
        orphans = report.orphans();
        lastSweep = Optional.of(clock.instant());
    }

    @Override
    public void made(Change change, boolean drift) {
        changes.made(change, drift);
    }

    /** AWS has refused a try as one too many. */
    public void throttled() {
        throttled.increment();
    }

    /** A gate that counts and times the calls that pass it. */
    public Gate counted() {
        return new AwsCallMetrics(registry);
    }

    /** For others that have figures. */
    public MeterRegistry registry() {
        return registry;
    }

    /** All figures, as a scrape gets them. */
    public String scrape() {
        resourceFigures.count();
        return registry.scrape();
    }

    private double sweepAge() {
        return lastSweep
                .map(swept -> Duration.between(swept, clock.instant()).toMillis() / 1000.0)
                .orElse(Double.NaN);
    }
}
