package dev.irsa.leader;

import dev.irsa.kubernetes.ServerWords;
import dev.irsa.port.LeaseName;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Objects;
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

    private final LeaseName lease;
    private final Leadership leadership;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private long asked;
    private @Nullable LeaderElectionRecord seen;
    private long seenAt;
    private String told = "";

    LeaseRecord(LeaseName lease, String identity, Leadership leadership, InstantSource clock, LongSupplier nanoTime) {
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
        if (now == null || !now.equals(seen)) {
            seen = now;
            seenAt = nanoTime.getAsLong();
        }
        return now == null
                ? null
                : now.toBuilder()
                        .renewTime(clock.instant()
                                .minus(Duration.ofNanos(nanoTime.getAsLong() - seenAt))
                                .atZone(ZoneOffset.UTC))
                        .build();
    }

    @Override
    public synchronized void create(KubernetesClient client, LeaderElectionRecord next) {
        write(next, () -> super.create(client, next));
    }

    @Override
    public synchronized void update(KubernetesClient client, LeaderElectionRecord next) {
        // To give it back the library sets nobody, which its merge patch leaves out: the holder would stay.
        String holder = Objects.requireNonNullElse(next.getHolderIdentity(), "");
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

    /** Tells of trouble once; that another was faster is none. */
    private <T extends @Nullable Object> T telling(Supplier<T> call) {
        try {
            T answer = call.get();
            told = "";
            return answer;
        } catch (KubernetesClientException e) {
            String problem = ServerWords.of(e);
            if (e.getCode() != 409 && !problem.equals(told)) {
                told = problem;
                LOG.warn("the lease {} cannot be read or written, which is tried again: {}", lease, problem);
            }
            throw e;
        }
    }
}
