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

/** Adds the framework's metrics that the operator's own do not cover, labeled by controller and never by resource. */
public final class OperatorSdkMetrics {
    /** The filters that a registry needs before its first metric. */
    public static final List<MeterFilter> FILTERS =
            List.of(MeterFilter.denyNameStartsWith(MicrometerMetricsV2.NUMBER_OF_RESOURCE_GAUGE), new HelpText());

    private OperatorSdkMetrics() {}

    static Metrics in(MeterRegistry registry, String controller) {
        // Registered at the start: otherwise Prometheus would not see the first failure as an increase.
        Stream.of(MicrometerMetricsV2.RECONCILIATIONS_FAILED, MicrometerMetricsV2.RECONCILIATIONS_RETRIES_NUMBER)
                .forEach(name ->
                        Counter.builder(name).tag("controller.name", controller).register(registry));
        return MicrometerMetricsV2.newBuilder(registry)
                // No histograms of reconcile durations: those of the calls to AWS contain the same information.
                .withExecutionTimerConfig(timer -> {})
                .build();
    }

    /** Adds the help text that Prometheus expects and the framework does not provide. */
    private record HelpText() implements MeterFilter {
        @Override
        public Meter.Id map(Meter.Id meter) {
            return meter.getName().matches("(reconciliations|events)\\..*")
                    ? new Meter.Id(
                            meter.getName(),
                            Tags.of(meter.getTags()),
                            meter.getBaseUnit(),
                            "Metric of the Java Operator SDK, by controller",
                            meter.getType())
                    : meter;
        }
    }
}
