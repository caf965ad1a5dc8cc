package dev.irsa.metrics;

import dev.irsa.core.plan.Change;
import dev.irsa.port.ActivityListener;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.SweepReport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The metrics of one AWS account. Their label is the name of its IamAccount, and is empty for the account of the operator. */
public final class AccountMetrics implements ActivityListener {
    static final String LABEL = "account";

    private final ActivityListener shared;
    private final InstantSource clock;
    private final CallInterceptor calls;
    private final Timer sweeps;
    private final Counter throttled;
    private volatile Optional<Instant> lastSweep = Optional.empty();
    private volatile int orphans;
    private volatile int retained;
    private final MultiGauge unused;
    private final MultiGauge withoutBoundary;

    /**
     * Registers the metrics of an account.
     *
     * @param shared receives what is counted for all accounts together
     */
    AccountMetrics(String account, MeterRegistry registry, ActivityListener shared, InstantSource clock) {
        this.shared = shared;
        this.clock = clock;
        this.calls = new AwsCallMetrics(registry, account);
        this.sweeps = Timer.builder("irsa.sweep.duration")
                .description("Time to read all roles of the account in bulk")
                .tag(LABEL, account)
                .register(registry);
        this.throttled = Counter.builder("irsa.aws.throttled")
                .description("Requests that AWS throttled, including the retries of the SDK")
                .tag(LABEL, account)
                .register(registry);
        Gauge.builder("irsa.sweep.age", this::sweepAge)
                .baseUnit("seconds")
                .description("Time since the last complete sweep ended; NaN before the first")
                .tag(LABEL, account)
                .register(registry);
        Gauge.builder("irsa.orphaned.roles", () -> orphans)
                .description("Roles of this cluster whose resource no longer exists")
                .tag(LABEL, account)
                .register(registry);
        Gauge.builder("irsa.retained.roles", () -> retained)
                .description(
                        "Roles without an owner that are offered to a resource of this cluster, such as retained roles")
                .tag(LABEL, account)
                .register(registry);
        // Unlike a gauge, these have no series before the first sweep, because an unknown number must not look like 0.
        this.unused = MultiGauge.builder("irsa.roles.unused")
                .description(
                        "Roles of this cluster that were created more than this number of days ago and not used since")
                .tag(LABEL, account)
                .register(registry);
        this.withoutBoundary = MultiGauge.builder("irsa.roles.without.boundary")
                .description("Roles of this cluster without a permissions boundary")
                .tag(LABEL, account)
                .register(registry);
    }

    @Override
    public void swept(SweepReport report) {
        sweeps.record(report.took());
        orphans = report.orphans();
        retained = report.roles().retained();
        unused.register(
                report.roles().unused().entrySet().stream()
                        .<MultiGauge.Row<?>>map(days ->
                                MultiGauge.Row.of(Tags.of("days", days.getKey().toString()), days.getValue()))
                        .toList(),
                true);
        withoutBoundary.register(
                List.of(MultiGauge.Row.of(Tags.empty(), report.roles().withoutBoundary())), true);
        lastSweep = Optional.of(clock.instant());
    }

    @Override
    public void changed(Change change, boolean drift) {
        shared.changed(change, drift);
    }

    @Override
    public void slowedDown() {
        shared.slowedDown();
    }

    /** Counts a throttled request. */
    public void throttled() {
        throttled.increment();
    }

    /** Returns an interceptor that counts and times the calls that pass it. */
    public CallInterceptor counted() {
        return calls;
    }

    /** Forgets the last sweep, because the operator no longer works in the account. */
    public void reset() {
        lastSweep = Optional.empty();
        orphans = 0;
        retained = 0;
        unused.register(List.of(), true);
        withoutBoundary.register(List.of(), true);
    }

    private double sweepAge() {
        return lastSweep
                .map(swept -> Duration.between(swept, clock.instant()).toMillis() / 1000.0)
                .orElse(Double.NaN);
    }
}
