package dev.irsa.controller;

import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.List;
import java.util.stream.Stream;

/** The figures of the framework, as far as they tell what ours do not, by controller and never by resource. */
public final class OperatorSdkMetrics {
    /** What a registry is to take before its first figure. */
    public static final List<MeterFilter> FILTERS =
            List.of(MeterFilter.denyNameStartsWith(MicrometerMetricsV2.NUMBER_OF_RESOURCE_GAUGE), new HelpText());

    private OperatorSdkMetrics() {}

    static Metrics in(MeterRegistry registry, String controller) {
        // There from the start: to Prometheus the first failure would otherwise be no increase.
        Stream.of(MicrometerMetricsV2.RECONCILIATIONS_FAILED, MicrometerMetricsV2.RECONCILIATIONS_RETRIES_NUMBER)
                .forEach(name ->
                        Counter.builder(name).tag("controller.name", controller).register(registry));
        return MicrometerMetricsV2.newBuilder(registry)
                // Histograms of how long a reconcile takes tell nothing that the calls to AWS do not.
                .withExecutionTimerConfig(timer -> {})
                .build();
    }

    /** The framework gives its figures none, and Prometheus wants one. */
    private record HelpText() implements MeterFilter {
        @Override
        public Meter.Id map(Meter.Id figure) {
            return figure.getName().matches("(reconciliations|events)\\..*")
                    ? new Meter.Id(
                            figure.getName(),
                            Tags.of(figure.getTags()),
                            figure.getBaseUnit(),
                            "Of the Java Operator SDK, by controller",
                            figure.getType())
                    : figure;
        }
    }
}
