package dev.irsa.runtime;

import dev.irsa.controller.EntitlementEventSources;
import dev.irsa.controller.EntitlementStatusUpdater;
import dev.irsa.controller.IamServiceAccountController;
import dev.irsa.controller.InFlightReconciles;
import dev.irsa.controller.OperatorSdk;
import dev.irsa.controller.ServiceAccountEventSources;
import dev.irsa.kubernetes.DeploymentEvents;
import dev.irsa.kubernetes.EventRecorder;
import dev.irsa.kubernetes.FieldManager;
import dev.irsa.kubernetes.KubernetesCluster;
import dev.irsa.kubernetes.StatusWriter;
import dev.irsa.metrics.OperatorMetrics;
import dev.irsa.port.CoalescingSignal;
import dev.irsa.port.Gate;
import dev.irsa.port.OperatorEvents;
import dev.irsa.reconcile.IamServiceAccountReconciler;
import dev.irsa.reconcile.ReconcileSettings;
import dev.irsa.reconcile.authorization.EntitlementAuthorizer;
import dev.irsa.reconcile.identity.ClusterIdentityResolver;
import dev.irsa.reconcile.identity.OidcProviderMonitor;
import dev.irsa.sweep.SweepPorts;
import dev.irsa.sweep.SweepScheduler;
import dev.irsa.sweep.SweepSettings;
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

    private final ClusterIdentityResolver identities;
    private final ServiceAccountEventSources caches;
    private final IamServiceAccountReconciler reconciler;
    private final OperatorSdk framework;
    private final CoalescingSignal entitlementNews = new CoalescingSignal();
    private final IdentityAndProviderLoop questions;
    private final InFlightReconciles running = new InFlightReconciles();
    private final BackgroundLoop asking;
    /** What goes on beside the reconciles. */
    private final List<BackgroundLoop> working;

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
            ExternalDependencies outside,
            ReconcileSettings settings,
            SweepSettings sweepSettings,
            OperatorMetrics metrics,
            Set<String> namespaces,
            Optional<String> ownDeployment) {
        this.identities = outside.identities();
        KubernetesClient client = outside.client();
        Gate gate = outside.gate();
        InstantSource clock = MonotonicClock.system();
        InstantSource timeOfDay = InstantSource.system();
        // Shared by many threads, which the generators of RandomGenerator.getDefault() do not stand.
        RandomGenerator random = new Random();
        EntitlementEventSources limits = new EntitlementEventSources(entitlementNews);
        this.caches = new ServiceAccountEventSources(namespaces, limits);
        EntitlementAuthorizer guardrails =
                new EntitlementAuthorizer(limits, settings.audiences(), entitlementNews, caches::requeue);
        KubernetesCluster cluster = new KubernetesCluster(client, caches, caches, gate);
        String instance = Objects.requireNonNullElse(System.getenv("HOSTNAME"), FieldManager.NAME);
        EventRecorder events = new EventRecorder(client, timeOfDay, random, instance);
        OperatorEvents operatorEvents = ownDeployment
                // Recorded apart: what thousands of resources have to tell must not keep this from being told.
                .<OperatorEvents>map(deployment -> new DeploymentEvents(
                        client, new EventRecorder(client, timeOfDay, random, instance), gate, deployment))
                .orElse((warning, reason, note) -> {});
        TrackedWrites writes = new TrackedWrites(running);
        OidcProviderMonitor provider = new OidcProviderMonitor(
                identities,
                writes.of(outside.providers()),
                operatorEvents,
                caches::requeueAll,
                settings,
                sweepSettings.interval(),
                random);
        this.questions = new IdentityAndProviderLoop(identities, provider);
        this.asking = new BackgroundLoop("questions", questions::step);
        this.reconciler = new IamServiceAccountReconciler(
                identities,
                provider::state,
                outside.cloud(),
                cluster,
                guardrails,
                settings,
                caches::requeue,
                clock,
                timeOfDay,
                random);
        SweepScheduler sweeper = new SweepScheduler(
                new SweepPorts(
                        identities, outside.roles(), writes.of(outside.cloud()), cluster, operatorEvents, metrics),
                reconciler.sightings(),
                caches::requeue,
                metrics,
                sweepSettings,
                clock,
                random);
        StatusWriter statuses = new StatusWriter(client, gate);
        EntitlementStatusUpdater report =
                new EntitlementStatusUpdater(limits, guardrails, identities, statuses, entitlementNews, timeOfDay);
        BackgroundLoop sweeps = new BackgroundLoop("sweep", sweeper::step);
        // One that sees a part of the cluster cannot say how many an entitlement serves.
        this.working = namespaces.isEmpty()
                ? List.of(sweeps, new BackgroundLoop("entitlements", report::step))
                : List.of(sweeps);
        metrics.countResources(caches::all);
        IamServiceAccountController controller = new IamServiceAccountController(
                reconciler, caches, statuses, events, metrics, gate, () -> works, running);
        this.framework =
                new OperatorSdk(client, metrics.registry(), controller, namespaces, settings.atOnce() + PARKING);
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
        caches.requeueAll();
        working.forEach(BackgroundLoop::start);
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

    private Stream<BackgroundLoop> loops() {
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
    public void stopWorking() {
        works = false;
        loops().forEach(BackgroundLoop::stop);
        // One of them waits for these.
        entitlementNews.signal();
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
