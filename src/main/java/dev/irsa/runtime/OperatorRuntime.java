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
import dev.irsa.reconcile.authorization.EntitlementAuthorizer;
import dev.irsa.reconcile.identity.ClusterIdentityResolver;
import dev.irsa.reconcile.identity.OidcProviderMonitor;
import dev.irsa.sweep.SweepPorts;
import dev.irsa.sweep.SweepScheduler;
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

/** The operator without its process: wires the parts, and starts and stops them. */
public final class OperatorRuntime implements AutoCloseable {
    /** Extra threads for reconciles that need no AWS call, or that find out that they must wait for one. */
    private static final int EXTRA_THREADS = 16;

    private static final Duration FIRST_IDENTITY_TIMEOUT = Duration.ofSeconds(5);
    /** How long running reconciles and writes of the loops may take when the operator stops. */
    private static final Duration GRACE_PERIOD = Duration.ofSeconds(20);
    /** How long reads of the loops may take. Interrupting the read of a sweep page does no harm. */
    private static final Duration GRACE_PERIOD_OF_READS = Duration.ofSeconds(1);

    private final ClusterIdentityResolver identities;
    private final ServiceAccountEventSources caches;
    private final IamServiceAccountReconciler reconciler;
    private final OperatorSdk framework;
    private final CoalescingSignal entitlementChanges = new CoalescingSignal();
    private final InFlightReconciles running = new InFlightReconciles();
    private final IdentityAndProviderLoop identity;
    private final BackgroundLoop identityLoop;
    private final List<BackgroundLoop> workLoops;

    private volatile boolean watching;
    private volatile boolean working;
    private volatile boolean started;

    /**
     * Wires the operator and does not start it.
     *
     * @param metrics record what happens
     */
    public OperatorRuntime(ExternalDependencies outside, RuntimeSettings settings, OperatorMetrics metrics) {
        Set<String> namespaces = settings.namespaces();
        this.identities = outside.identities();
        KubernetesClient client = outside.client();
        Gate gate = outside.gate();
        InstantSource clock = MonotonicClock.system();
        InstantSource timeOfDay = InstantSource.system();
        // Many threads share it; the generators of RandomGenerator.getDefault() are not thread-safe.
        RandomGenerator random = new Random();
        EntitlementEventSources limits = new EntitlementEventSources(entitlementChanges);
        this.caches = new ServiceAccountEventSources(namespaces, limits);
        EntitlementAuthorizer authorizer =
                new EntitlementAuthorizer(limits, settings.reconcile().audiences(), entitlementChanges, caches::requeue);
        KubernetesCluster cluster = new KubernetesCluster(client, caches, caches, gate);
        OperatorEvents operatorEvents = operatorEvents(outside, settings.ownDeployment(), random);
        TrackedWrites writes = new TrackedWrites(running);
        OidcProviderMonitor provider = new OidcProviderMonitor(
                identities,
                writes.of(outside.providers()),
                operatorEvents,
                caches::requeueAll,
                settings.reconcile(),
                settings.sweep().interval(),
                random);
        this.identity = new IdentityAndProviderLoop(identities, provider);
        this.identityLoop = new BackgroundLoop("identity", identity::step);
        this.reconciler = new IamServiceAccountReconciler(
                identities,
                provider::state,
                outside.cloud(),
                cluster,
                authorizer,
                settings.reconcile(),
                caches::requeue,
                clock,
                timeOfDay,
                random);
        SweepPorts ports = new SweepPorts(
                identities, outside.roles(), writes.of(outside.cloud()), cluster, operatorEvents, metrics);
        SweepScheduler sweeper = new SweepScheduler(
                ports, reconciler.sweepObserver(), caches::requeue, metrics, settings.sweep(), clock, random);
        StatusWriter statuses = new StatusWriter(client, gate);
        EntitlementStatusUpdater entitlements =
                new EntitlementStatusUpdater(limits, authorizer, identities, statuses, entitlementChanges, timeOfDay);
        this.workLoops = workLoops(sweeper, entitlements, namespaces);
        metrics.countResources(caches::all);
        EventRecorder events = eventRecorder(client, random);
        IamServiceAccountController controller = new IamServiceAccountController(
                reconciler, caches, statuses, events, metrics, gate, () -> working, running);
        this.framework =
                new OperatorSdk(client, metrics.registry(), controller, namespaces, settings.reconcile().atOnce() + EXTRA_THREADS);
    }

    private static OperatorEvents operatorEvents(
            ExternalDependencies outside, Optional<String> ownDeployment, RandomGenerator random) {
        // A recorder of its own, so that the Events of thousands of resources do not crowd out these.
        return ownDeployment
                .<OperatorEvents>map(deployment -> new DeploymentEvents(
                        outside.client(), eventRecorder(outside.client(), random), outside.gate(), deployment))
                .orElse((warning, reason, note) -> {});
    }

    private static EventRecorder eventRecorder(KubernetesClient client, RandomGenerator random) {
        String instance = Objects.requireNonNullElse(System.getenv("HOSTNAME"), FieldManager.NAME);
        return new EventRecorder(client, InstantSource.system(), random, instance);
    }

    private static List<BackgroundLoop> workLoops(
            SweepScheduler sweeper, EntitlementStatusUpdater entitlements, Set<String> namespaces) {
        BackgroundLoop sweep = new BackgroundLoop("sweep", sweeper::step);
        // An operator that watches only some namespaces cannot count the resources that an entitlement serves.
        return namespaces.isEmpty()
                ? List.of(sweep, new BackgroundLoop("entitlements", entitlements::step))
                : List.of(sweep);
    }

    /** Watches and works. If AWS is unavailable, every resource reports that until AWS is back. */
    public void start() throws InterruptedException {
        standBy();
        work();
    }

    /** Only watches the cluster, so that the caches are complete when this replica becomes the leader. */
    public void standBy() {
        framework.start();
        watching = true;
    }

    /** Starts to work. */
    public void work() throws InterruptedException {
        identityLoop.start();
        // AWS usually responds at once. Waiting avoids a short-lived status that says it has not responded.
        identity.await(FIRST_IDENTITY_TIMEOUT);
        reconciler.begin();
        working = true;
        caches.requeueAll();
        workLoops.forEach(BackgroundLoop::start);
        started = true;
    }

    /** Returns why the process must be restarted; empty if it is healthy. */
    public Optional<String> deadBecause() {
        if (watching && framework.hasLostAWatch()) {
            return Optional.of("a watch has ended and cannot be restarted");
        }
        // During a stop, the loops end normally.
        return started && working
                ? loops().filter(loop -> !loop.isAlive())
                        .map(loop -> "the thread \"" + loop.name() + "\" has ended unexpectedly")
                        .findFirst()
                : Optional.empty();
    }

    private Stream<BackgroundLoop> loops() {
        return Stream.concat(Stream.of(identityLoop), workLoops.stream());
    }

    /** Returns why the operator is not ready; empty if it is ready. */
    public Optional<String> unreadyBecause() {
        if (!started) {
            return Optional.of("starting");
        }
        return identities.known()
                ? Optional.empty()
                : Optional.of(identities.failure().message());
    }

    /** Accepts no more work and waits for running work. Afterwards another replica may work. */
    public void stopWorking() {
        working = false;
        loops().forEach(BackgroundLoop::stop);
        // The loop "entitlements" waits for this signal.
        entitlementChanges.signal();
        running.stop(GRACE_PERIOD);
        loops().forEach(loop -> loop.end(GRACE_PERIOD_OF_READS));
    }

    /** Stops the work and then the watches, because running reconciles depend on the watches. */
    @Override
    public void close() {
        stopWorking();
        framework.close();
    }
}
