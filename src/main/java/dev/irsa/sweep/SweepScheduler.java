package dev.irsa.sweep;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.port.ResourceRef;
import dev.irsa.port.SweepObserver;
import dev.irsa.port.SweepReport;
import dev.irsa.port.SweepSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When roles are looked at: all of them every interval by a sweep. Where no sweep can be had, one after the other,
 * spread over a long time. One thread drives it.
 */
public final class SweepScheduler {
    private static final Logger LOG = LoggerFactory.getLogger(SweepScheduler.class);
    private static final Duration SOONEST_RETRY = Duration.ofSeconds(2);
    /** One that takes longer than the interval is not followed by the next at once. */
    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(1);

    private static final Duration LATEST_RETRY = Duration.ofMinutes(1);

    private final SweepPorts ports;
    private final Sweep sweep;
    private final SweepObserver sightings;
    private final OrphanTracker orphans;
    private final FallbackPolling rounds;
    private final Consumer<ResourceRef> wake;
    private final Consumer<SweepReport> reports;
    private final SweepSettings settings;
    private final InstantSource clock;
    private final RandomGenerator random;
    private Instant next;
    private Instant lastWhole;
    private int failures;
    private String told = "";
    private String toldDenial = "";

    /**
     * A sweeper that is due at once.
     *
     * @param sightings who is told what was seen
     * @param wake has a resource reconciled
     * @param reports is told how each whole sweep went
     * @param random spreads the sweeps of many clusters
     */
    public SweepScheduler(
            SweepPorts ports,
            SweepObserver sightings,
            Consumer<ResourceRef> wake,
            Consumer<SweepReport> reports,
            SweepSettings settings,
            InstantSource clock,
            RandomGenerator random) {
        this.ports = ports;
        this.sweep = new Sweep(ports.roles(), clock);
        this.sightings = sightings;
        this.orphans = new OrphanTracker(ports, settings);
        this.rounds = new FallbackPolling(sightings, wake, settings.fallbackInterval(), clock, random);
        this.wake = wake;
        this.reports = reports;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.next = clock.instant();
        this.lastWhole = clock.instant();
    }

    /** Does what is due; answers how long nothing is. */
    public Duration step() {
        if (!clock.instant().isBefore(next)) {
            next = sweep();
        }
        Instant wanted = rounds.step().filter(look -> look.isBefore(next)).orElse(next);
        Duration pause = Duration.between(clock.instant(), wanted);
        return pause.isNegative() ? Duration.ZERO : pause;
    }

    /** One sweep; answers when to begin the next: an interval after this one began, or a pause after it failed. */
    private Instant sweep() {
        Instant due = clock.instant();
        ClusterIdentity identity;
        try {
            identity = ports.identities().current();
        } catch (FailureException e) {
            // Whoever asks for it tells of that, and it says nothing of the right to read roles.
            return clock.instant().plus(retry());
        }
        try {
            SweepSnapshot snapshot = sweep.read(identity);
            Duration took = Duration.between(snapshot.began(), clock.instant());
            List<ResourceRef> concerned = sightings.saw(snapshot);
            concerned.forEach(wake);
            int orphaned = orphans.after(snapshot, identity);
            reports.accept(new SweepReport(took, snapshot.roles().size(), concerned.size(), orphaned));
            rounds.stop();
            lastWhole = snapshot.began();
            failures = 0;
            told = "";
            toldDenial = "";
            Instant soonest = clock.instant().plus(BETWEEN_SWEEPS);
            Instant planned = due.plus(jittered(settings.interval()));
            return planned.isBefore(soonest) ? soonest : planned;
        } catch (FailureException e) {
            return clock.instant().plus(failed(e.failure()));
        }
    }

    private Duration failed(Failure failure) {
        orphans.lookAtDefinition();
        boolean denied = failure instanceof Failure.AccessDenied;
        tell(denied, failure.message());
        boolean late = !clock.instant().isBefore(lastWhole.plus(settings.fallbackInterval()));
        if ((denied || late) && rounds.start() && !denied) {
            warn("SweepFailing", failure.message() + "; it is tried again");
        }
        return denied ? jittered(settings.interval()) : retry();
    }

    private Duration retry() {
        long millis = SOONEST_RETRY.toMillis() << Math.min(failures++, 20);
        return jittered(Duration.ofMillis(Math.min(millis, LATEST_RETRY.toMillis())));
    }

    /** Once, until a sweep is whole again; that something else is wrong in between does not make it news. */
    private void tell(boolean denied, String problem) {
        if (problem.equals(denied ? toldDenial : told)) {
            return;
        }
        if (denied) {
            toldDenial = problem;
            warn("SweepDenied", problem + "; give the operator's role that right, see docs/permissions.md");
        } else {
            told = problem;
            LOG.warn("roles could not be read in bulk, which is tried again: {}", problem);
        }
    }

    private void warn(String reason, String problem) {
        String note = "roles cannot be read in bulk and are looked at one by one, spread over "
                + settings.fallbackInterval().toMinutes() + " minutes: " + problem;
        LOG.warn("{}: {}", reason, note);
        ports.events().warn(reason, note);
    }

    /** Jitter only shortens: drift is found within the interval. */
    private Duration jittered(Duration pause) {
        return Duration.ofMillis(Math.round(pause.toMillis() * random.nextDouble(0.8, 1.0)));
    }
}
