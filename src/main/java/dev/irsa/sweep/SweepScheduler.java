package dev.irsa.sweep;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.failure.ExponentialBackoff;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.port.ResourceRef;
import dev.irsa.port.RoleSweepListener;
import dev.irsa.port.SweepReport;
import dev.irsa.port.SweepSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Schedules the checks of all roles. A sweep reads all of them once per interval. While sweeps fail, resources are
 * requeued one after the other, spread over a longer interval. One thread drives the scheduler.
 */
public final class SweepScheduler {
    private static final Logger LOG = LoggerFactory.getLogger(SweepScheduler.class);
    private static final ExponentialBackoff RETRY =
            new ExponentialBackoff(Duration.ofSeconds(2), Duration.ofMinutes(1));
    /** A sweep that takes longer than the interval is not followed immediately by the next one. */
    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(1);

    private final SweepPorts ports;
    private final RoleSweep sweep;
    private final RoleSweepListener listener;
    private final OrphanHandler orphans;
    private final AssociationSweep associations;
    private final ResourcePoller polling;
    private final SweepSettings settings;
    private final InstantSource clock;
    private final RandomGenerator random;
    private Instant next;
    private Optional<Instant> failingSince = Optional.empty();
    private boolean hasSwept;
    private int failures;
    private String lastProblem = "";
    private String lastDenial = "";

    /**
     * Creates a scheduler whose first sweep is due immediately.
     *
     * @param listener receives what a sweep read
     * @param associations compares the associations before each sweep of the roles, even if that sweep fails
     */
    public SweepScheduler(
            SweepPorts ports, RoleSweepListener listener, AssociationSweep associations, SweepSettings settings) {
        this.ports = ports;
        this.clock = ports.timing().clock();
        this.random = ports.timing().random().get();
        this.sweep = new RoleSweep(ports.account().listing(), clock);
        this.listener = listener;
        this.orphans = new OrphanHandler(ports, settings);
        this.associations = associations;
        this.polling = new ResourcePoller(listener, ports.requeuer(), settings.fallbackInterval(), clock, random);
        this.settings = settings;
        this.next = clock.instant();
    }

    /** Does what is due; returns the pause until something is due again. */
    public Duration step() {
        if (!clock.instant().isBefore(next)) {
            next = sweep();
        }
        Instant due = polling.step().filter(poll -> poll.isBefore(next)).orElse(next);
        Duration pause = Duration.between(clock.instant(), due);
        return pause.isNegative() ? Duration.ZERO : pause;
    }

    /** Runs one sweep; returns when the next one is due: within one interval after this one began, or a retry pause later. */
    private Instant sweep() {
        Instant due = clock.instant();
        ClusterIdentity identity;
        try {
            identity = ports.identities().current();
        } catch (FailureException e) {
            // The identity loop reports this failure. It says nothing about the permission to read roles.
            return clock.instant().plus(nextRetry());
        }
        sweepAssociations(identity);
        try {
            RoleSweep.Result found = sweep.read(identity);
            SweepSnapshot snapshot = found.snapshot();
            Duration took = Duration.between(snapshot.began(), clock.instant());
            List<ResourceRef> affected = listener.observed(snapshot);
            affected.forEach(ports.requeuer()::requeue);
            int orphaned = orphans.after(snapshot, identity);
            ports.activity()
                    .swept(new SweepReport(
                            took, snapshot, affected.size(), orphaned, orphans.unconfirmed(), found.counts()));
            polling.stop();
            failingSince = Optional.empty();
            failures = 0;
            lastProblem = "";
            lastDenial = "";
            Instant earliest = clock.instant().plus(BETWEEN_SWEEPS);
            Instant planned = due.plus(hasSwept ? jittered(settings.interval()) : randomPart(settings.interval()));
            hasSwept = true;
            return planned.isBefore(earliest) ? earliest : planned;
        } catch (FailureException e) {
            return clock.instant().plus(failed(e.failure()));
        }
    }

    /** A problem with EKS must not keep the sweep of the roles from being complete. */
    private void sweepAssociations(ClusterIdentity identity) {
        try {
            associations.run(identity);
        } catch (FailureException e) {
            LOG.warn(
                    "cannot compare the associations in EKS; retrying with the next sweep: {}",
                    e.failure().message());
        }
    }

    private Duration failed(Failure failure) {
        orphans.checkDefinition();
        boolean denied = failure instanceof Failure.AccessDenied;
        report(denied, failure.message());
        // Not since the last complete sweep: a standby replica sweeps nothing, and neither does an unused
        // account.
        Instant since = failingSince.orElseGet(clock::instant);
        failingSince = Optional.of(since);
        boolean late = !clock.instant().isBefore(since.plus(settings.fallbackInterval()));
        if ((denied || late) && polling.start() && !denied) {
            warn("SweepFailing", failure.message() + "; the operator retries");
        }
        return denied ? jittered(settings.interval()) : nextRetry();
    }

    private Duration nextRetry() {
        return RETRY.after(failures++, random);
    }

    /** Reports a problem once until a sweep is complete; a different problem in between does not repeat the report. */
    private void report(boolean denied, String problem) {
        if (problem.equals(denied ? lastDenial : lastProblem)) {
            return;
        }
        if (denied) {
            lastDenial = problem;
            warn("SweepDenied", problem);
        } else {
            lastProblem = problem;
            LOG.warn("cannot read roles in bulk; retrying: {}", problem);
        }
    }

    private void warn(String reason, String problem) {
        String note = "cannot read roles in bulk; the operator reads them one by one, spread over "
                + settings.fallbackInterval().toMinutes() + " minutes: " + problem;
        LOG.warn("{}: {}", reason, note);
        ports.events().warn(reason, note);
    }

    /** The clusters that share an account may start at the same time. From the second sweep on, their sweeps are spread. */
    private Duration randomPart(Duration interval) {
        return Duration.ofMillis((long) (random.nextDouble() * interval.toMillis()));
    }

    /** Jitter only shortens the pause, so that drift is found within the interval. */
    private Duration jittered(Duration pause) {
        return ExponentialBackoff.jittered(pause, random);
    }
}
