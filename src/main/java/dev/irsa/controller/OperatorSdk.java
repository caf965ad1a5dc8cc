package dev.irsa.controller;

import dev.irsa.kubernetes.FieldManager;
import dev.irsa.kubernetes.SlimStore;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.config.Cloner;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Configures the Java Operator SDK, which watches the cluster and passes events to the controller. */
public final class OperatorSdk implements AutoCloseable {
    /** Applies to defects only: expected failures are never thrown as far as the framework. */
    private static final Duration SLOWEST_RETRY_OF_DEFECTS = Duration.ofMinutes(1);

    private static final String NAME = "iamserviceaccount";
    /** The framework stops its watches first, so reconciles must have finished before it is closed. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** By default, the framework copies each resource through JSON before a reconcile. Reconciles do not modify resources. */
    private static final Cloner NO_COPIES = new Cloner() {
        @Override
        public <R extends HasMetadata> R clone(R resource) {
            return resource;
        }
    };

    private final Operator operator;
    private final ThreadPoolExecutor threads;

    /**
     * Configures the framework without starting it.
     *
     * @param registry receives the framework's metrics
     * @param namespaces the watched namespaces; empty for all
     * @param threads the number of threads for reconciles at first
     */
    public OperatorSdk(
            KubernetesClient client,
            MeterRegistry registry,
            IamServiceAccountController controller,
            Set<String> namespaces,
            int threads) {
        this.threads = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofVirtual().name("reconcile-", 0).factory());
        this.operator = new Operator(configuration -> configuration
                .withKubernetesClient(client)
                .withMetrics(OperatorSdkMetrics.in(registry, NAME))
                .withCloseClientOnStop(false)
                .withResourceCloner(NO_COPIES)
                .withReconciliationTerminationTimeout(GRACE)
                .withExecutorService(this.threads));
        operator.register(controller, settings -> {
            settings.withName(NAME)
                    .withFieldManager(FieldManager.NAME)
                    .withTriggerReconcilerOnAllEvents(true)
                    .withGenerationAware(false)
                    .withInformerListLimit(ServiceAccountEventSources.PAGE)
                    .withOnUpdateFilter(controller.updateFilter())
                    .withRetry(new GenericRetry()
                            .withoutMaxAttempts()
                            .setInitialInterval(Duration.ofSeconds(1))
                            .setMaxInterval(SLOWEST_RETRY_OF_DEFECTS.toMillis()));
            // The framework passes one store to the informers of all namespaces, and informers must not share a store.
            if (namespaces.size() < 2) {
                settings.withItemStore(SlimStore.ofResources());
            }
            if (namespaces.isEmpty()) {
                settings.watchingAllNamespaces();
            } else {
                settings.settingNamespaces(namespaces);
            }
        });
    }

    /** Changes the number of threads for reconciles. */
    public void resize(int count) {
        // The maximum must never be below the core size.
        if (count > threads.getMaximumPoolSize()) {
            threads.setMaximumPoolSize(count);
            threads.setCorePoolSize(count);
        } else {
            threads.setCorePoolSize(count);
            threads.setMaximumPoolSize(count);
        }
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

    /** Stops the watches; no reconcile may depend on them any longer. */
    @Override
    public void close() {
        operator.stop();
    }
}
