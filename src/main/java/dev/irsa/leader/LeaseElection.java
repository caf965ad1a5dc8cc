package dev.irsa.leader;

import dev.irsa.port.CallInterceptor;
import dev.irsa.port.NamespacedName;
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
 * Elects the leader with a Lease. A separate client without retries renews the Lease. A client with retries would delay the
 * moment at which a leader notices that it lost the Lease.
 */
public final class LeaseElection implements Election {
    /** The timeout of one request. Several requests fit into the renewal deadline. */
    public static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(LeaseElection.class);

    public static final Duration LEASE = Duration.ofSeconds(15);

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /** A standby replica waits for up to 2.2 times this, so it acquires a released lease within 1.6 seconds. */
    private static final Duration RETRY = Duration.ofMillis(700);

    private final KubernetesClient client;
    private final LeadershipFence leadership;
    private final FencedLeaseLock lease;
    private final Runnable end;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Optional<CompletableFuture<?>> candidacy = Optional.empty();
    private volatile boolean closing;

    /**
     * Creates an election that has not started.
     *
     * @param client a client without retries that nothing else uses; {@link #close} closes it
     * @param end ends the process immediately: a former leader must not complete the work in progress
     */
    public LeaseElection(
            KubernetesClient client, NamespacedName lease, InstantSource clock, LongSupplier nanoTime, Runnable end) {
        this.client = client;
        this.leadership = new LeadershipFence(DEADLINE, () -> Moment.now(nanoTime, clock));
        // Two processes on one host have the same host name, and so does a restarted container.
        String identity = Objects.requireNonNullElse(System.getenv("HOSTNAME"), "") + "_" + UUID.randomUUID();
        this.lease = new FencedLeaseLock(lease, identity, leadership, clock, nanoTime);
        this.end = end;
    }

    @Override
    public CallInterceptor fence() {
        return leadership;
    }

    @Override
    public void start(Work work) {
        LeaderElectionConfig config = new LeaderElectionConfig(
                lease,
                LEASE,
                DEADLINE,
                RETRY,
                new LeaderCallbacks(
                        () -> startLeading(work), () -> lost("this replica lost the Lease"), this::logLeader),
                true,
                lease.describe());
        candidacy = Optional.of(new LeaderElector(client, config, threads).start());
    }

    /** Starts the work on another thread, because the elector does not renew the lease during a callback. */
    private void startLeading(Work work) {
        threads.execute(() -> {
            try {
                work.begin();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.error("internal error; report it with this stack trace", e);
                lost("the operator failed to start its work");
            }
        });
        threads.execute(this::enforceDeadline);
    }

    /** Enforces the deadline, because the elector checks the time only between requests, and a request may hang. */
    private void enforceDeadline() {
        try {
            for (Duration left = leadership.remaining(); left.isPositive(); left = leadership.remaining()) {
                Thread.sleep(left);
            }
            lost("the operator could not renew the Lease in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lost(String why) {
        if (!closing) {
            leadership.end();
            LOG.error("{}; exiting so that another replica can lead", why);
            end.run();
        }
    }

    /** Logs a new leader. The leader is null or empty after a replica has released the lease. */
    private void logLeader(@Nullable String leader) {
        if (!closing && leader != null && !leader.isEmpty()) {
            LOG.info("{} {}", lease.identity().equals(leader) ? "leading as" : "on standby; the leader is", leader);
        }
    }

    @Override
    public boolean leads() {
        return leadership.holds();
    }

    @Override
    public boolean standsBy() {
        return candidacy.filter(candidate -> !candidate.isDone()).isPresent() && !leads();
    }

    @Override
    public Optional<String> deadBecause() {
        return candidacy
                .filter(candidate -> candidate.isDone() && !closing)
                .map(ended -> "the leader election has ended");
    }

    /** Releases the lease, so that another replica does not have to wait until it expires. */
    @Override
    public void close() {
        closing = true;
        leadership.end();
        candidacy.ifPresent(candidate -> candidate.cancel(true));
        threads.shutdownNow();
        client.close();
    }
}
