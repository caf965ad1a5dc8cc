package dev.irsa.leader;

import dev.irsa.port.Gate;
import dev.irsa.port.LeaseName;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who holds a Lease works. It is renewed by a client of its own that gives up soon: one that is patient would believe for
 * as long that it leads.
 */
public final class LeaseElection implements Election {
    /** What an answer may take: several fit into the time that is left to a leader. */
    public static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(LeaseElection.class);

    public static final Duration LEASE = Duration.ofSeconds(15);

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /** The elector has one that stands by wait for up to 2.2 of these: a lease that is given back is taken in 1.6 seconds. */
    private static final Duration RETRY = Duration.ofMillis(700);

    private final KubernetesClient client;
    private final LeadershipDeadline leadership;
    private final LeaseRecord lease;
    private final Runnable end;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Optional<CompletableFuture<?>> candidacy = Optional.empty();
    private volatile boolean closing;

    /**
     * A candidate that has not begun to stand.
     *
     * @param client of its own, impatient; it is closed with this
     * @param end ends the process at once: what has led and no longer does must not finish what it is at
     */
    public LeaseElection(
            KubernetesClient client, LeaseName lease, InstantSource clock, LongSupplier nanoTime, Runnable end) {
        this.client = client;
        this.leadership = new LeadershipDeadline(DEADLINE, nanoTime);
        // Two processes on one host have the same name, and so has a container that was started again.
        String identity = Objects.requireNonNullElse(System.getenv("HOSTNAME"), "") + "_" + UUID.randomUUID();
        this.lease = new LeaseRecord(lease, identity, leadership, clock, nanoTime);
        this.end = end;
    }

    @Override
    public Gate fence() {
        return leadership;
    }

    @Override
    public void start(Work work) {
        LeaderElectionConfig config = new LeaderElectionConfig(
                lease,
                LEASE,
                DEADLINE,
                RETRY,
                new LeaderCallbacks(() -> startLeading(work), () -> lost("the lease is no longer ours"), this::tell),
                true,
                lease.describe());
        candidacy = Optional.of(new LeaderElector(client, config, threads).start());
    }

    /** The elector waits for its callbacks, and would not renew the lease meanwhile. */
    private void startLeading(Work work) {
        threads.execute(() -> {
            try {
                work.begin();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.error("a defect of the operator; please report it with this trace", e);
                lost("the work could not be begun");
            }
        });
        threads.execute(this::watch);
    }

    /** The elector looks at the time between its calls only, and these may hang. */
    private void watch() {
        try {
            for (Duration left = leadership.left(); left.isPositive(); left = leadership.left()) {
                Thread.sleep(left);
            }
            lost("the lease could not be renewed in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lost(String why) {
        if (!closing) {
            leadership.end();
            LOG.error("{}; this replica ends, for another to work", why);
            end.run();
        }
    }

    /** @param leader nobody, after one has given the lease back: then this replica or another tells next */
    private void tell(@Nullable String leader) {
        if (!closing && leader != null && !leader.isEmpty()) {
            LOG.info("{} {}", lease.identity().equals(leader) ? "leads:" : "stands by; the leader is", leader);
        }
    }

    @Override
    public boolean leads() {
        return leadership.holds();
    }

    @Override
    public boolean standsBy() {
        return candidacy.filter(standing -> !standing.isDone()).isPresent() && !leads();
    }

    @Override
    public Optional<String> deadBecause() {
        return candidacy
                .filter(standing -> standing.isDone() && !closing)
                .map(ended -> "it neither leads nor stands by");
    }

    /** Gives the lease back, so that another need not wait for its end. */
    @Override
    public void close() {
        closing = true;
        leadership.end();
        candidacy.ifPresent(standing -> standing.cancel(true));
        threads.shutdownNow();
        client.close();
    }
}
