package dev.irsa;

import dev.irsa.drift.SweepPorts;
import dev.irsa.drift.SweepSettings;
import dev.irsa.drift.Sweeper;
import dev.irsa.kubernetes.DeploymentEvents;
import dev.irsa.kubernetes.EventRecorder;
import dev.irsa.kubernetes.FieldManager;
import dev.irsa.kubernetes.KubernetesCluster;
import dev.irsa.metrics.OperatorMetrics;
import dev.irsa.port.Gate;
import dev.irsa.port.OperatorEvents;
import dev.irsa.reconcile.EntitlementReport;
import dev.irsa.reconcile.EntitlementStatusWriter;
import dev.irsa.reconcile.Guardrails;
import dev.irsa.reconcile.IamServiceAccountController;
import dev.irsa.reconcile.IamServiceAccountReconciler;
import dev.irsa.reconcile.LazyIdentities;
import dev.irsa.reconcile.ProviderWatch;
import dev.irsa.reconcile.Settings;
import dev.irsa.reconcile.Signal;
import dev.irsa.reconcile.StatusWriter;
import dev.irsa.reconcile.UnderWay;
import dev.irsa.reconcile.WatchedCaches;
import dev.irsa.reconcile.WatchedLimits;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The operator without its process: wired, started and stopped. */
public final class OperatorRuntime implements AutoCloseable {
    /** Threads for reconciles that need no AWS, or find out that they have to wait for it. */
    private static final int PARKING = 16;

    private static final Duration ANSWERS_AT_START = Duration.ofSeconds(5);
    /** What the reconciles that run, and the writes of the loops, may take when the operator stops. */
    private static final Duration GRACE = Duration.ofSeconds(20);
    /** A sweep may take longer; that a page of it is not read to its end does no harm. */
    private static final Duration GRACE_OF_READS = Duration.ofSeconds(1);

    private final LazyIdentities identities;
    private final WatchedCaches caches;
    private final IamServiceAccountReconciler reconciler;
    private final Framework framework;
    private final Signal entitlementNews = new Signal();
    private final Questions questions;
    private final UnderWay running = new UnderWay();
    private final Loop asking;
    /** What goes on beside the reconciles. */
    private final List<Loop> working;

    private volatile boolean watches;
    private volatile boolean works;
    private volatile boolean started;

    /**
     * An operator that is not started yet.
     *
     * @param metrics are told what happens
     * @param namespaces the watched ones; empty: all
     * @param ownDeployment {@code <namespace>/<name>} of the Deployment on which to tell of what concerns no single
     *     resource; empty: the log alone tells
     */
    public OperatorRuntime(
            Outside outside,
            Settings settings,
            SweepSettings sweepSettings,
            OperatorMetrics metrics,
            Set<String> namespaces,
            Optional<String> ownDeployment) {
        this.identities = outside.identities();
        KubernetesClient client = outside.client();
        Gate gate = outside.gate();
        InstantSource clock = SteadyClock.system();
        InstantSource timeOfDay = InstantSource.system();
        // Shared by many threads, which the generators of RandomGenerator.getDefault() do not stand.
        RandomGenerator random = new Random();
        WatchedLimits limits = new WatchedLimits(entitlementNews);
        this.caches = new WatchedCaches(namespaces, limits);
        Guardrails guardrails = new Guardrails(limits, settings.audiences(), entitlementNews, caches::wake);
        KubernetesCluster cluster = new KubernetesCluster(client, caches, caches, gate);
        String instance = Objects.requireNonNullElse(System.getenv("HOSTNAME"), FieldManager.NAME);
        EventRecorder events = new EventRecorder(client, timeOfDay, random, instance);
        OperatorEvents operatorEvents = ownDeployment
                // Recorded apart: what thousands of resources have to tell must not keep this from being told.
                .<OperatorEvents>map(deployment -> new DeploymentEvents(
                        client, new EventRecorder(client, timeOfDay, random, instance), gate, deployment))
                .orElse((warning, reason, note) -> {});
        LoopWrites writes = new LoopWrites(running);
        ProviderWatch provider = new ProviderWatch(
                identities,
                writes.of(outside.providers()),
                operatorEvents,
                caches::wakeAll,
                settings,
                sweepSettings.interval(),
                random);
        this.questions = new Questions(identities, provider);
        this.asking = new Loop("questions", questions::step);
        this.reconciler = new IamServiceAccountReconciler(
                identities,
                provider::state,
                outside.cloud(),
                cluster,
                guardrails,
                settings,
                caches::wake,
                clock,
                timeOfDay,
                random);
        Sweeper sweeper = new Sweeper(
                new SweepPorts(
                        identities, outside.roles(), writes.of(outside.cloud()), cluster, operatorEvents, metrics),
                reconciler.sightings(),
                caches::wake,
                metrics,
                sweepSettings,
                clock,
                random);
        EntitlementReport report = new EntitlementReport(
                limits, guardrails, identities, new EntitlementStatusWriter(client, gate), entitlementNews, timeOfDay);
        Loop sweeps = new Loop("sweep", sweeper::step);
        // One that sees a part of the cluster cannot say how many an entitlement serves.
        this.working = namespaces.isEmpty() ? List.of(sweeps, new Loop("entitlements", report::step)) : List.of(sweeps);
        metrics.countResources(caches::all);
        IamServiceAccountController controller = new IamServiceAccountController(
                reconciler, caches, new StatusWriter(client, gate), events, metrics, gate, () -> works, running);
        this.framework = new Framework(client, metrics.registry(), controller, namespaces, settings.atOnce() + PARKING);
    }

    /** Watches and works. AWS may be away: then every resource says so, until it is back. */
    public void start() throws InterruptedException {
        standBy();
        work();
    }

    /** Watches the cluster, so that it knows all when it is to work, and does nothing. */
    public void standBy() {
        framework.start();
        watches = true;
    }

    /** Works from now on. */
    public void work() throws InterruptedException {
        asking.start();
        // Mostly AWS answers at once, and then no resource needs to be told that it has not.
        questions.await(ANSWERS_AT_START);
        reconciler.begin();
        works = true;
        caches.wakeAll();
        working.forEach(Loop::start);
        started = true;
    }

    /** Why the process should be restarted; empty: it should not. */
    public Optional<String> deadBecause() {
        if (watches && framework.hasLostAWatch()) {
            return Optional.of("a watch has ended for good");
        }
        // When it is to stop, they end.
        return started && works
                ? loops().filter(loop -> !loop.isAlive())
                        .map(loop -> "the thread \"" + loop.name() + "\" has ended for good")
                        .findFirst()
                : Optional.empty();
    }

    private Stream<Loop> loops() {
        return Stream.concat(Stream.of(asking), working.stream());
    }

    /** Why it cannot work; empty: it can. */
    public Optional<String> unreadyBecause() {
        if (!started) {
            return Optional.of("starting");
        }
        return identities.known()
                ? Optional.empty()
                : Optional.of(identities.failure().message());
    }

    /** Takes no more work and lets what runs come to its end: from then on another may work. */
    void stopWorking() {
        works = false;
        loops().forEach(Loop::stop);
        // One of them waits for these.
        entitlementNews.give();
        running.stop(GRACE);
        loops().forEach(loop -> loop.end(GRACE_OF_READS));
    }

    /** Stops working, and watches no more: on the watches depends what runs. */
    @Override
    public void close() {
        stopWorking();
        framework.close();
    }
}
