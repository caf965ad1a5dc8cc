package dev.irsa.reconcile;

import dev.irsa.aws.IamListing;
import dev.irsa.aws.IamRoles;
import dev.irsa.drift.SweepPorts;
import dev.irsa.drift.SweepSettings;
import dev.irsa.drift.Sweeper;
import dev.irsa.fake.InMemoryCluster;
import dev.irsa.fake.InMemoryIam;
import dev.irsa.fake.InMemoryLimits;
import dev.irsa.fake.SimulatedOperator;
import dev.irsa.fake.VirtualClock;
import dev.irsa.port.Gate;
import dev.irsa.port.ResourceRef;
import dev.irsa.provider.ProviderState;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** Many resources reconciled by many threads at once, never two for the same, as the framework does it. */
final class Crowd implements AutoCloseable {
    final VirtualClock clock = new VirtualClock();
    final InMemoryIam iam = new InMemoryIam(clock);
    final Queue<Throwable> problems = new ConcurrentLinkedQueue<>();
    private final InFlight calls = new InFlight();
    private final OneByOne apiServer = new OneByOne();
    private final InMemoryCluster cluster = new InMemoryCluster(clock, apiServer);
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final AtomicInteger pending = new AtomicInteger();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final IamServiceAccountReconciler reconciler;
    private final Sweeper sweeper;

    Crowd(int atOnce) {
        IamRoles roles = new IamRoles(iam, calls);
        reconciler = new IamServiceAccountReconciler(
                () -> SimulatedOperator.IDENTITY,
                () -> new ProviderState.Found(SimulatedOperator.IDENTITY.oidcProvider(), Settings.DEFAULT.audiences()),
                roles,
                cluster,
                new Guardrails(
                        new InMemoryLimits(cluster.hands()), Settings.DEFAULT.audiences(), new Signal(), this::wake),
                new Settings(
                        false,
                        Duration.ofSeconds(60),
                        Duration.ofMinutes(5),
                        atOnce,
                        Settings.DEFAULT.audiences(),
                        false),
                this::wake,
                clock,
                clock,
                new Random(7));
        sweeper = new Sweeper(
                new SweepPorts(
                        () -> SimulatedOperator.IDENTITY,
                        new IamListing(iam, Gate.OPEN, 100),
                        roles,
                        cluster,
                        (warning, reason, note) -> {},
                        (change, drift) -> {}),
                reconciler.sightings(),
                this::wake,
                report -> {},
                SweepSettings.DEFAULT,
                clock,
                new Random(7));
    }

    void apply(String name, String spec) {
        wake(apiServer.alone(() -> Subject.ref(cluster.hands().apply(Trial.NS, name, spec))));
    }

    void sweep() {
        sweeper.step();
    }

    /** Waits until no more reconciles than so many are under way or wanted. */
    void awaitPending(int reconciles) {
        Awaitility.await().until(() -> pending.get() == reconciles);
    }

    int mostCallsInFlight() {
        return calls.most.get();
    }

    private void wake(ResourceRef ref) {
        pending.incrementAndGet();
        threads.execute(() -> reconcile(ref));
    }

    private void reconcile(ResourceRef ref) {
        if (!busy.add(ref.uid())) {
            threads.execute(() -> reconcile(ref));
            return;
        }
        try {
            apiServer
                    .alone(() -> cluster.hands().resource(ref.namespace(), ref.name()))
                    .ifPresent(resource -> reconciler
                            .reconcile(resource)
                            .status()
                            .ifPresent(status -> cluster.writeStatus(ref, status)));
        } catch (RuntimeException | AssertionError e) {
            problems.add(e);
        } finally {
            busy.remove(ref.uid());
            pending.decrementAndGet();
        }
    }

    Optional<String> reason(String name) {
        return apiServer
                .alone(() -> cluster.hands().resource(Trial.NS, name))
                .flatMap(resource -> Optional.ofNullable(resource.getStatus()))
                .flatMap(status -> status.conditions().stream()
                        .filter(condition -> condition.type().equals("Ready"))
                        .findFirst())
                .map(ready -> ready.reason() + "=" + ready.status());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** The fake API server is not for many threads. */
    private static final class OneByOne implements Gate {
        @Override
        public synchronized <T> T pass(OutsideCall call, Supplier<T> work) {
            return work.get();
        }

        synchronized <T> T alone(Supplier<T> work) {
            return work.get();
        }
    }

    private static final class InFlight implements Gate {
        final AtomicInteger most = new AtomicInteger();
        private final AtomicInteger now = new AtomicInteger();

        @Override
        public <T> T pass(OutsideCall call, Supplier<T> work) {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            try {
                return work.get();
            } finally {
                now.decrementAndGet();
            }
        }
    }
}
