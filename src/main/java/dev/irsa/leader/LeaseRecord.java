package dev.irsa.leader;

import dev.irsa.core.failure.RootCause;
import dev.irsa.port.LeaseName;
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
 * The Lease, as the library's elector reads and writes it. Each renewal of ours is told; and another's is dated by when
 * we saw it, as client-go does it: the clocks of two nodes need not agree.
 */
final class LeaseRecord extends LeaseLock {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseRecord.class);

    private static final ZonedDateTime NEVER = Instant.EPOCH.atZone(ZoneOffset.UTC);

    private final LeaseName lease;
    private final LeadershipDeadline leadership;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private long asked;
    private @Nullable LeaderElectionRecord seen;
    private long seenAt;
    private String told = "";

    LeaseRecord(
            LeaseName lease,
            String identity,
            LeadershipDeadline leadership,
            InstantSource clock,
            LongSupplier nanoTime) {
        super(lease.namespace(), lease.name(), identity);
        this.lease = lease;
        this.leadership = leadership;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized @Nullable LeaderElectionRecord get(KubernetesClient client) {
        asked = nanoTime.getAsLong();
        LeaderElectionRecord now = telling(() -> super.get(client));
        if (now == null && othersMayWork()) {
            return dated(seen, Duration.ZERO);
        }
        if (now == null || !now.equals(seen)) {
            seen = now;
            seenAt = nanoTime.getAsLong();
        }
        return dated(now, age());
    }

    /** Who deletes the Lease does not stop the one that holds it: so long it may work without having seen that. */
    private boolean othersMayWork() {
        return seen != null
                && !Objects.requireNonNullElse(seen.getHolderIdentity(), "").isEmpty()
                && !identity().equals(seen.getHolderIdentity())
                && age().compareTo(seen.getLeaseDuration()) < 0;
    }

    /** Since when the lease stands as it does, as far as we have seen. */
    private Duration age() {
        return Duration.ofNanos(nanoTime.getAsLong() - seenAt);
    }

    private @Nullable LeaderElectionRecord dated(@Nullable LeaderElectionRecord found, Duration age) {
        return found == null
                ? null
                : found.toBuilder()
                        .renewTime(clock.instant().minus(age).atZone(ZoneOffset.UTC))
                        .build();
    }

    /** One that somebody made by hand may lack anything: the library would fall over that, and never try again. */
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
        // To give it back the library sets nobody, which its merge patch leaves out: the holder would stay.
        String holder = Objects.requireNonNullElse(next.getHolderIdentity(), "");
        if (holder.isEmpty()) {
            // The library tells of it afterwards, when another may lead already.
            leadership.end();
        }
        LeaderElectionRecord whole = next.toBuilder().holderIdentity(holder).build();
        write(whole, () -> super.update(client, whole));
    }

    private void write(LeaderElectionRecord next, Runnable call) {
        telling(() -> {
            call.run();
            return next;
        });
        if (identity().equals(next.getHolderIdentity())) {
            leadership.renewed(asked);
        }
    }

    private static String describe(KubernetesClientException e) {
        return Optional.ofNullable(e.getStatus()).map(Status::getMessage).orElseGet(() -> RootCause.of(e));
    }

    /** Tells of trouble once, that another was faster being none, and throws what the elector tries again after. */
    private <T extends @Nullable Object> T telling(Supplier<T> call) {
        try {
            T answer = call.get();
            told = "";
            return answer;
        } catch (KubernetesClientException e) {
            String problem = describe(e);
            if (e.getCode() != 409 && !problem.equals(told)) {
                told = problem;
                LOG.warn("the lease {} cannot be read or written, which is tried again: {}", lease, problem);
            }
            throw e;
        } catch (RuntimeException e) {
            // The elector would end without a word, and this replica stand by for ever.
            LOG.error("a defect of the operator; please report it with this trace", e);
            throw new KubernetesClientException("the lease could not be read or written", e);
        }
    }
}
