package dev.irsa;

import dev.irsa.kubernetes.FieldManager;
import dev.irsa.kubernetes.SlimResources;
import dev.irsa.reconcile.IamServiceAccountController;
import dev.irsa.reconcile.WatchedCaches;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;

/** The framework, set up for us: it watches the cluster and hands what happens to the controller. */
final class Framework implements AutoCloseable {
    /** For defects only: a failure that was foreseen is never thrown this far. */
    private static final Duration SLOWEST_RETRY_OF_DEFECTS = Duration.ofMinutes(1);

    private static final String NAME = "iamserviceaccount";
    /** It stops its watches first: what runs must have ended before. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Operator operator;

    /**
     * One that watches nothing yet.
     *
     * @param registry where it puts its figures
     * @param namespaces the watched ones; empty: all
     * @param threads for reconciles
     */
    Framework(
            KubernetesClient client,
            MeterRegistry registry,
            IamServiceAccountController controller,
            Set<String> namespaces,
            int threads) {
        this.operator = new Operator(configuration -> configuration
                .withKubernetesClient(client)
                .withMetrics(FrameworkFigures.in(registry, NAME))
                .withCloseClientOnStop(false)
                .withReconciliationTerminationTimeout(GRACE)
                .withExecutorService(Executors.newFixedThreadPool(
                        threads, Thread.ofVirtual().name("reconcile-", 0).factory())));
        operator.register(controller, settings -> {
            settings.withName(NAME)
                    .withFieldManager(FieldManager.NAME)
                    .withTriggerReconcilerOnAllEvents(true)
                    .withGenerationAware(false)
                    .withInformerListLimit(WatchedCaches.PAGE)
                    .withOnUpdateFilter(controller::isNews)
                    .withRetry(new GenericRetry()
                            .withoutMaxAttempts()
                            .setInitialInterval(Duration.ofSeconds(1))
                            .setMaxInterval(SLOWEST_RETRY_OF_DEFECTS.toMillis()));
            // The framework gives the same store to the informers of all namespaces, which must not share one.
            if (namespaces.size() < 2) {
                settings.withItemStore(new SlimResources());
            }
            if (namespaces.isEmpty()) {
                settings.watchingAllNamespaces();
            } else {
                settings.settingNamespaces(namespaces);
            }
        });
    }

    /** Returns when all watches show what is there. */
    void start() {
        operator.start();
    }

    /** Whether a watch has stopped: one that is cut off comes back by itself. */
    @SuppressWarnings("rawtypes") // as the framework declares its health indicators
    boolean hasLostAWatch() {
        for (var controller : operator.getRuntimeInfo()
                .unhealthyInformerWrappingEventSourceHealthIndicator()
                .values()) {
            for (InformerWrappingEventSourceHealthIndicator<?> source : controller.values()) {
                if (source.informerHealthIndicators().values().stream().anyMatch(informer -> !informer.isRunning())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Stops the watches, on which no reconcile may depend any more. */
    @Override
    public void close() {
        operator.stop();
    }
}
