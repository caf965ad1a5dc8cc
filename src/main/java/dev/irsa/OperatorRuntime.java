package dev.irsa;

import dev.irsa.drift.SweepPorts;
import dev.irsa.drift.SweepReport;
import dev.irsa.drift.SweepSettings;
import dev.irsa.drift.Sweeper;
import dev.irsa.kubernetes.DeploymentEvents;
import dev.irsa.kubernetes.EventRecorder;
import dev.irsa.kubernetes.FieldManager;
import dev.irsa.kubernetes.KubernetesCluster;
import dev.irsa.kubernetes.SlimResources;
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
import dev.irsa.reconcile.WatchedCaches;
import dev.irsa.reconcile.WatchedLimits;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The operator without its process: wired, started and stopped. */
public final class OperatorRuntime implements AutoCloseable {
    /** Threads for reconciles that need no AWS, or find out that they have to wait for it. */
    private static final int PARKING = 16;

    /** For defects only: a failure that was foreseen is never thrown this far. */
    private static final Duration SLOWEST_RETRY_OF_DEFECTS = Duration.ofMinutes(1);

    private static final Duration ANSWERS_AT_START = Duration.ofSeconds(5);
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final LazyIdentities identities;
    private final Operator operator;
    private final Loop sweeps;
    private final Optional<Loop> reports;
    private final Questions questions;
    private final Loop asking;
    private volatile boolean started;

    /**
     * An operator that is not started yet.
     *
     * @param reports is told how each whole sweep went
     * @param namespaces the watched ones; empty: all
     * @param ownDeployment {@code <namespace>/<name>} of the Deployment on which to tell of what concerns no single
     *     resource; empty: the log alone tells
     */
    public OperatorRuntime(
            Outside outside,
            Settings settings,
            SweepSettings sweepSettings,
            Consumer<SweepReport> reports,
            Set<String> namespaces,
            Optional<String> ownDeployment) {
        this.identities = outside.identities();
        KubernetesClient client = outside.client();
        Gate gate = outside.gate();
        InstantSource clock = InstantSource.system();
        // Shared by many threads, which the generators of RandomGenerator.getDefault() do not stand.
        RandomGenerator random = new Random();
        Signal entitlementNews = new Signal();
        WatchedLimits limits = new WatchedLimits(entitlementNews);
        WatchedCaches caches = new WatchedCaches(namespaces, limits);
        Guardrails guardrails = new Guardrails(limits, settings.audiences(), entitlementNews, caches::wake);
        KubernetesCluster cluster = new KubernetesCluster(client, caches, caches, gate);
        String instance = Objects.requireNonNullElse(System.getenv("HOSTNAME"), FieldManager.NAME);
        EventRecorder events = new EventRecorder(client, clock, random, instance);
        OperatorEvents operatorEvents = ownDeployment
                // Recorded apart: what thousands of resources have to tell must not keep this from being told.
                .<OperatorEvents>map(deployment -> new DeploymentEvents(
                        client, new EventRecorder(client, clock, random, instance), gate, deployment))
                .orElse((reason, note) -> {});
        ProviderWatch provider = new ProviderWatch(
                identities,
                outside.providers(),
                operatorEvents,
                caches::wakeAll,
                settings,
                sweepSettings.interval(),
                random);
        this.questions = new Questions(identities, provider);
        this.asking = new Loop("questions", questions::step);
        IamServiceAccountReconciler reconciler = new IamServiceAccountReconciler(
                identities,
                provider::state,
                outside.cloud(),
                cluster,
                guardrails,
                settings,
                caches::wake,
                clock,
                random);
        this.sweeps = new Loop(
                "sweep",
                new Sweeper(
                        new SweepPorts(identities, outside.roles(), outside.cloud(), cluster, operatorEvents),
                        reconciler.sightings(),
                        caches::wake,
                        reports,
                        sweepSettings,
                        clock,
                        random)::step);
        EntitlementReport report = new EntitlementReport(
                limits, guardrails, identities, new EntitlementStatusWriter(client, gate), entitlementNews, clock);
        // One that sees a part of the cluster cannot say how many an entitlement serves.
        this.reports = namespaces.isEmpty() ? Optional.of(new Loop("entitlements", report::step)) : Optional.empty();
        this.operator = new Operator(configuration -> configuration
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withReconciliationTerminationTimeout(GRACE)
                .withExecutorService(Executors.newFixedThreadPool(
                        settings.atOnce() + PARKING,
                        Thread.ofVirtual().name("reconcile-", 0).factory())));
        operator.register(
                new IamServiceAccountController(reconciler, caches, new StatusWriter(client, gate), events, gate),
                controller -> {
                    controller
                            .withName("iamserviceaccount")
                            .withFieldManager(FieldManager.NAME)
                            .withTriggerReconcilerOnAllEvents(true)
                            .withGenerationAware(false)
                            .withInformerListLimit(WatchedCaches.PAGE)
                            .withOnUpdateFilter(IamServiceAccountController::isNews)
                            .withRetry(new GenericRetry()
                                    .withoutMaxAttempts()
                                    .setInitialInterval(Duration.ofSeconds(1))
                                    .setMaxInterval(SLOWEST_RETRY_OF_DEFECTS.toMillis()));
                    // The framework gives the same store to the informers of all namespaces, which must not share one.
                    if (namespaces.size() < 2) {
                        controller.withItemStore(new SlimResources());
                    }
                    if (namespaces.isEmpty()) {
                        controller.watchingAllNamespaces();
                    } else {
                        controller.settingNamespaces(namespaces);
                    }
                });
    }

    /** Starts to work. AWS may be away: then every resource says so, until it is back. */
    public void start() throws InterruptedException {
        asking.start();
        // Mostly AWS answers at once, and then no resource needs to be told that it has not.
        questions.await(ANSWERS_AT_START);
        operator.start();
        sweeps.start();
        reports.ifPresent(Loop::start);
        started = true;
    }

    /** Why the process should be restarted; empty: it should not. */
    @SuppressWarnings("rawtypes") // as the framework declares its health indicators
    public Optional<String> deadBecause() {
        if (started) {
            if (!sweeps.isAlive()) {
                return Optional.of("the sweep has ended for good");
            }
            if (!asking.isAlive()) {
                return Optional.of("the watch of the OIDC provider has ended for good");
            }
            if (reports.isPresent() && !reports.get().isAlive()) {
                return Optional.of("the report on entitlements has ended for good");
            }
            for (var controller : operator.getRuntimeInfo()
                    .unhealthyInformerWrappingEventSourceHealthIndicator()
                    .values()) {
                for (InformerWrappingEventSourceHealthIndicator<?> source : controller.values()) {
                    if (hasStopped(source)) {
                        return Optional.of("a watch has ended for good");
                    }
                }
            }
        }
        return Optional.empty();
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

    /** A watch that is cut off comes back by itself; one that has stopped does not. */
    private static boolean hasStopped(InformerWrappingEventSourceHealthIndicator<?> source) {
        return source.informerHealthIndicators().values().stream().anyMatch(informer -> !informer.isRunning());
    }

    /** Takes no more work and lets what runs come to its end. */
    @Override
    public void close() {
        asking.stop();
        sweeps.stop();
        reports.ifPresent(Loop::stop);
        operator.stop();
    }
}
