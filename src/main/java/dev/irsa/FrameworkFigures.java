package dev.irsa;

import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;

/** The figures of the framework, as far as they tell what ours do not, by controller and never by resource. */
final class FrameworkFigures {
    private FrameworkFigures() {}

    static Metrics in(MeterRegistry registry, String controller) {
        registry.config().meterFilter(MeterFilter.denyNameStartsWith(MicrometerMetricsV2.NUMBER_OF_RESOURCE_GAUGE));
        // There from the start: to Prometheus the first failure would otherwise be no increase.
        Counter.builder(MicrometerMetricsV2.RECONCILIATIONS_FAILED)
                .tag("controller.name", controller)
                .register(registry);
        return MicrometerMetricsV2.newBuilder(registry)
                // Histograms of how long a reconcile takes tell nothing that the calls to AWS do not.
                .withExecutionTimerConfig(timer -> {})
                .build();
    }
}
