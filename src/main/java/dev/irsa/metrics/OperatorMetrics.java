package dev.irsa.metrics;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.plan.Change;
import dev.irsa.port.ActivityListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The metrics of the operator, in the Prometheus text format. */
public final class OperatorMetrics implements ActivityListener {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final InstantSource clock;
    private final Counter loops;
    private final ChangeMetrics changes;
    private volatile BooleanSupplier leads = () -> true;
    private volatile Supplier<Stream<IamServiceAccount>> resources = Stream::empty;
    private final ResourceMetrics resourceMetrics;
    private final Map<String, AccountMetrics> accounts = new ConcurrentHashMap<>();

    /**
     * Creates the metrics.
     *
     * @param filters additional filters; they apply to all meters
     */
    public OperatorMetrics(InstantSource clock, List<MeterFilter> filters) {
        Stream.concat(ProcessMetrics.UNWANTED.stream(), filters.stream()).forEach(registry.config()::meterFilter);
        this.clock = clock;
        this.changes = new ChangeMetrics(registry);
        this.resourceMetrics = new ResourceMetrics(registry, this::ownResources);
        this.loops = Counter.builder("irsa.reconcile.loops")
                .description("Resources that were slowed down because they were reconciled in a loop")
                .register(registry);
        Gauge.builder("irsa.leader", () -> leads.getAsBoolean() ? 1 : 0)
                .description("1: this replica leads; 0: it is on standby")
                .register(registry);
        // An operator without other accounts has these series from its start.
        account("");
    }

    /** Adds the metrics of the JVM and of the process. */
    public void addProcessMetrics(String version) {
        ProcessMetrics.register(registry, version);
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

    /**
     * Returns the metrics of an AWS account.
     *
     * @param name of its IamAccount; empty for the account of the operator
     */
    public AccountMetrics account(String name) {
        return accounts.computeIfAbsent(name, label -> new AccountMetrics(label, registry, this, clock));
    }

    @Override
    public void changed(Change change, boolean drift) {
        changes.changed(change, drift);
    }

    @Override
    public void slowedDown() {
        loops.increment();
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
}
