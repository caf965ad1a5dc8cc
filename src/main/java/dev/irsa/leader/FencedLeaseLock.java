package dev.irsa.leader;

import dev.irsa.core.failure.RootCause;
import dev.irsa.port.NamespacedName;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and writes the Lease for the library's elector. Renewals by this replica extend the leadership deadline. Renewals by
 * other replicas are dated by when this replica observed them, as in client-go, because the clocks of two nodes may differ.
 */
final class FencedLeaseLock extends LeaseLock {
    private static final Logger LOG = LoggerFactory.getLogger(FencedLeaseLock.class);

    private static final ZonedDateTime NEVER = Instant.EPOCH.atZone(ZoneOffset.UTC);

    private final NamespacedName lease;
    private final LeadershipFence leadership;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private Moment requestedAt;
    private @Nullable LeaderElectionRecord observed;
    private long observedAt;
    private String reported = "";

    FencedLeaseLock(
            NamespacedName lease,
            String identity,
            LeadershipFence leadership,
            InstantSource clock,
            LongSupplier nanoTime) {
        super(lease.namespace(), lease.name(), identity);
        this.lease = lease;
        this.leadership = leadership;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.requestedAt = Moment.now(nanoTime, clock);
    }

    @Override
    public synchronized @Nullable LeaderElectionRecord get(KubernetesClient client) {
        requestedAt = Moment.now(nanoTime, clock);
        LeaderElectionRecord now = reportErrors(() -> super.get(client));
        if (now == null && otherMayLead()) {
            return dated(observed, Duration.ZERO);
        }
        if (now == null || !now.equals(observed)) {
            observed = now;
            observedAt = nanoTime.getAsLong();
        }
        return dated(now, age());
    }

    /** Returns whether the holder of a deleted Lease may still lead. The holder may not have observed the deletion yet. */
    private boolean otherMayLead() {
        return observed != null
                && !Objects.requireNonNullElse(observed.getHolderIdentity(), "").isEmpty()
                && !identity().equals(observed.getHolderIdentity())
                && age().compareTo(observed.getLeaseDuration()) < 0;
    }

    /** Returns the time since this replica first observed the current state of the Lease. */
    private Duration age() {
        return Duration.ofNanos(nanoTime.getAsLong() - observedAt);
    }

    private @Nullable LeaderElectionRecord dated(@Nullable LeaderElectionRecord found, Duration age) {
        return found == null
                ? null
                : found.toBuilder()
                        .renewTime(clock.instant().minus(age).atZone(ZoneOffset.UTC))
                        .build();
    }

    /** Fills in missing fields. A Lease that a user created may lack any of them, and the library would fail and stop. */
    @Override
    protected LeaderElectionRecord toRecord(Lease found) {
        LeaseSpec spec = Objects.requireNonNullElseGet(found.getSpec(), LeaseSpec::new);
        return new LeaderElectionRecord(
                spec.getHolderIdentity(),
                Optional.ofNullable(spec.getLeaseDurationSeconds())
                        .map(Duration::ofSeconds)
                        .orElse(LeaseElection.LEASE),
                Objects.requireNonNullElse(spec.getAcquireTime(), NEVER),
                Objects.requireNonNullElse(spec.getRenewTime(), NEVER),
                Objects.requireNonNullElse(spec.getLeaseTransitions(), 0));
    }

    @Override
    public synchronized void create(KubernetesClient client, LeaderElectionRecord next) {
        write(next, () -> super.create(client, next));
    }

    @Override
    public synchronized void update(KubernetesClient client, LeaderElectionRecord next) {
        // To release the Lease, the library sets the holder to null. Its merge patch omits null, so the holder would
        // remain.
        String holder = Objects.requireNonNullElse(next.getHolderIdentity(), "");
        if (holder.isEmpty()) {
            // The library calls back only after the release, when another replica may already lead.
            leadership.end();
        }
        LeaderElectionRecord whole = next.toBuilder().holderIdentity(holder).build();
        write(whole, () -> super.update(client, whole));
    }

    private void write(LeaderElectionRecord next, Runnable call) {
        reportErrors(() -> {
            call.run();
            return next;
        });
        if (identity().equals(next.getHolderIdentity())) {
            leadership.renewed(requestedAt);
        }
    }

    private static String describe(KubernetesClientException e) {
        return Optional.ofNullable(e.getStatus()).map(Status::getMessage).orElseGet(() -> RootCause.of(e));
    }

    /** Logs a repeated error once, except conflicts, and throws an exception that the elector retries. */
    private <T extends @Nullable Object> T reportErrors(Supplier<T> call) {
        try {
            T answer = call.get();
            reported = "";
            return answer;
        } catch (KubernetesClientException e) {
            String problem = describe(e);
            if (e.getCode() != 409 && !problem.equals(reported)) {
                reported = problem;
                LOG.warn("cannot read or write the Lease {}; retrying: {}", lease, problem);
            }
            throw e;
        } catch (RuntimeException e) {
            // With another exception, the elector would end silently, and this replica would stay on standby forever.
            LOG.error("internal error; report it with this stack trace", e);
            throw new KubernetesClientException("cannot read or write the Lease", e);
        } catch (Error e) {
            // The elector would end silently after this too.
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            throw e;
        }
    }
}
