package dev.irsa.controller;

import dev.irsa.kubernetes.FieldManager;
import dev.irsa.kubernetes.SlimResources;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;

/** The framework, set up for us: it watches the cluster and hands what happens to the controller. */
public final class OperatorSdk implements AutoCloseable {
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
    public OperatorSdk(
            KubernetesClient client,
            MeterRegistry registry,
            IamServiceAccountController controller,
            Set<String> namespaces,
            int threads) {
        this.operator = new Operator(configuration -> configuration
                .withKubernetesClient(client)
                .withMetrics(OperatorSdkMetrics.in(registry, NAME))
                .withCloseClientOnStop(false)
                .withReconciliationTerminationTimeout(GRACE)
                .withExecutorService(Executors.newFixedThreadPool(
                        threads, Thread.ofVirtual().name("reconcile-", 0).factory())));
        operator.register(controller, settings -> {
            settings.withName(NAME)
                    .withFieldManager(FieldManager.NAME)
                    .withTriggerReconcilerOnAllEvents(true)
                    .withGenerationAware(false)
                    .withInformerListLimit(ServiceAccountEventSources.PAGE)
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

    /**
     * Starts the watches and returns when their caches are synchronized.
     *
     * @throws WatchStartException if a watch cannot be started
     */
    public void start() {
        try {
            operator.start();
        } catch (OperatorException e) {
            throw new WatchStartException(e);
        }
    }

    /** Returns whether a watch has stopped for good. A watch that loses its connection reconnects by itself. */
    @SuppressWarnings("rawtypes") // the SDK declares its health indicators as raw types
    public boolean hasLostAWatch() {
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
