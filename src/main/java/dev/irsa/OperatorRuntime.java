package dev.irsa;

import dev.irsa.kubernetes.EventRecorder;
import dev.irsa.kubernetes.FieldManager;
import dev.irsa.kubernetes.KubernetesCluster;
import dev.irsa.kubernetes.SlimResources;
import dev.irsa.port.Cloud;
import dev.irsa.port.Gate;
import dev.irsa.reconcile.IamServiceAccountController;
import dev.irsa.reconcile.IamServiceAccountReconciler;
import dev.irsa.reconcile.LazyIdentities;
import dev.irsa.reconcile.Settings;
import dev.irsa.reconcile.StatusWriter;
import dev.irsa.reconcile.WatchedCaches;
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
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator without its process: wired, started and stopped. */
public final class OperatorRuntime implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorRuntime.class);

    /** Reconciles at the same time; most of them wait for AWS, on virtual threads. */
    private static final int RECONCILES = 50;

    /** For defects only: a failure that was foreseen is never thrown this far. */
    private static final Duration SLOWEST_RETRY_OF_DEFECTS = Duration.ofMinutes(1);

    private static final Duration IDENTITY_AT_START = Duration.ofSeconds(5);
    private static final Duration SLOWEST_QUESTION = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final LazyIdentities identities;
    private final Operator operator;
    private final Thread questions = Thread.ofVirtual().name("identity").unstarted(this::askUntilKnown);
    private volatile boolean started;

    /**
     * An operator that is not started yet.
     *
     * @param client reaches the cluster; its user agent should be {@link FieldManager#USER_AGENT}
     * @param cloud the account
     * @param identities who we are, once AWS has said so
     * @param gate every call to the API server that changes something passes it
     * @param namespaces the watched ones; empty: all
     */
    public OperatorRuntime(
            KubernetesClient client,
            Cloud cloud,
            LazyIdentities identities,
            Gate gate,
            Settings settings,
            Set<String> namespaces) {
        this.identities = identities;
        InstantSource clock = InstantSource.system();
        // Shared by many threads, which the generators of RandomGenerator.getDefault() do not stand.
        RandomGenerator random = new Random();
        WatchedCaches caches = new WatchedCaches(namespaces);
        IamServiceAccountReconciler reconciler = new IamServiceAccountReconciler(
                identities, cloud, new KubernetesCluster(client, caches, caches, gate), settings, clock, random);
        String instance = Objects.requireNonNullElse(System.getenv("HOSTNAME"), FieldManager.NAME);
        EventRecorder events = new EventRecorder(client, clock, random, instance);
        this.operator = new Operator(configuration -> configuration
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withReconciliationTerminationTimeout(GRACE)
                .withExecutorService(Executors.newFixedThreadPool(
                        RECONCILES, Thread.ofVirtual().name("reconcile-", 0).factory())));
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
        questions.start();
        // Mostly AWS answers at once, and then no resource needs to be told that it has not.
        questions.join(IDENTITY_AT_START);
        operator.start();
        started = true;
    }

    /** Why the process should be restarted; empty: it should not. */
    @SuppressWarnings("rawtypes") // as the framework declares its health indicators
    public Optional<String> deadBecause() {
        if (started) {
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

    private void askUntilKnown() {
        Duration pause = Duration.ofSeconds(1);
        try {
            String told = "";
            while (!identities.ask()) {
                String problem = identities.failure().message();
                if (!problem.equals(told)) {
                    LOG.warn("not ready: {}", problem);
                    told = problem;
                }
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(SLOWEST_QUESTION) < 0
                        ? pause.multipliedBy(2)
                        : SLOWEST_QUESTION;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes no more work and lets what runs come to its end. */
    @Override
    public void close() {
        questions.interrupt();
        operator.stop();
    }
}
