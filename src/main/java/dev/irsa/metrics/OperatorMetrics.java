package dev.irsa.metrics;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.plan.Change;
import dev.irsa.port.ActivityListener;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.SweepReport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The metrics of the operator, in the Prometheus text format. */
public final class OperatorMetrics implements ActivityListener {
    /** Excludes unwanted metrics of the JVM and of the process. */
    private static final List<MeterFilter> UNWANTED = List.of(
            // The Prometheus convention is seconds, and this metric counts nanoseconds.
            MeterFilter.denyNameStartsWith("process.cpu.time"),
            // Metrics of the node are not the job of the operator.
            MeterFilter.denyNameStartsWith("system."));

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final InstantSource clock;
    private final Timer sweeps;
    private final Counter throttled;
    private final Counter loops;
    private final ChangeMetrics changes;
    private volatile BooleanSupplier leads = () -> true;
    private volatile Supplier<Stream<IamServiceAccount>> resources = Stream::empty;
    private final ResourceMetrics resourceMetrics;
    private volatile Optional<Instant> lastSweep = Optional.empty();
    private volatile int orphans;
    private volatile int retained;

    /**
     * Creates the metrics.
     *
     * @param filters additional filters; they apply to all meters
     */
    public OperatorMetrics(InstantSource clock, List<MeterFilter> filters) {
        Stream.concat(UNWANTED.stream(), filters.stream()).forEach(registry.config()::meterFilter);
        this.clock = clock;
        this.changes = new ChangeMetrics(registry);
        this.resourceMetrics = new ResourceMetrics(registry, this::ownResources);
        this.sweeps = Timer.builder("irsa.sweep.duration")
                .description("Time to read all roles of the account in bulk")
                .register(registry);
        this.throttled = Counter.builder("irsa.aws.throttled")
                .description("Requests that AWS throttled, including the retries of the SDK")
                .register(registry);
        this.loops = Counter.builder("irsa.reconcile.loops")
                .description("Resources that were slowed down because they were reconciled in a loop")
                .register(registry);
        Gauge.builder("irsa.leader", () -> leads.getAsBoolean() ? 1 : 0)
                .description("1: this replica leads; 0: it is on standby")
                .register(registry);
        Gauge.builder("irsa.sweep.age", this::sweepAge)
                .baseUnit("seconds")
                .description("Time since the last complete sweep ended; NaN before the first")
                .register(registry);
        Gauge.builder("irsa.orphaned.roles", () -> orphans)
                .description("Roles of this cluster whose resource no longer exists")
                .register(registry);
        Gauge.builder("irsa.retained.roles", () -> retained)
                .description(
                        "Roles without an owner that are offered to a resource of this cluster, such as retained roles")
                .register(registry);
    }

    /** Adds the metrics of the JVM and of the process. */
    public void addProcessMetrics(String version) {
        Stream.of(
                        new JvmMemoryMetrics(),
                        new JvmGcMetrics(),
                        new JvmThreadMetrics(),
                        new ProcessorMetrics(),
                        new UptimeMetrics(),
                        new FileDescriptorMetrics())
                .forEach(metrics -> metrics.bindTo(registry));
        Gauge.builder("irsa.build.info", () -> 1)
                .description("Always 1; the label is the version of the operator")
                .tag("version", version)
                .register(registry);
    }

    /**
     * Reports the identity with which the operator calls AWS.
     *
     * @param arn without the name of a session, so that there is one series
     */
    public void reportCaller(String arn) {
        Gauge.builder("irsa.operator.info", () -> 1)
                .description("Always 1; the label is the ARN of the identity with which the operator calls AWS")
                .tag("arn", arn)
                .register(registry);
    }

    /** Sets how to find out whether this replica leads. Without this call, it always leads. */
    public void reportLeadership(BooleanSupplier leading) {
        leads = leading;
    }

    /** Sets the cache whose resources are counted. */
    public void countResources(Supplier<Stream<IamServiceAccount>> cache) {
        resources = cache;
    }

    /** Returns no resources on standby, although the cache has them all, so that the sum over all replicas is correct. */
    private Stream<IamServiceAccount> ownResources() {
        return leads.getAsBoolean() ? resources.get() : Stream.empty();
    }

    @Override
    public void swept(SweepReport report) {
        sweeps.record(report.took());
        orphans = report.orphans();
        retained = report.retained();
        lastSweep = Optional.of(clock.instant());
    }

    @Override
    public void changed(Change change, boolean drift) {
        changes.changed(change, drift);
    }

    @Override
    public void slowedDown() {
        loops.increment();
    }

    /** Counts a throttled request. */
    public void throttled() {
        throttled.increment();
    }

    /** Returns an interceptor that counts and times the calls that pass it. */
    public CallInterceptor counted() {
        return new AwsCallMetrics(registry);
    }

    /** Returns the registry, for other components that have metrics. */
    public MeterRegistry registry() {
        return registry;
    }

    /** Returns all metrics, as a scrape receives them. */
    public String scrape() {
        resourceMetrics.count();
        return registry.scrape();
    }

    private double sweepAge() {
        return lastSweep
                .map(swept -> Duration.between(swept, clock.instant()).toMillis() / 1000.0)
                .orElse(Double.NaN);
    }
}
