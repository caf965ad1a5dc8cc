package dev.irsa.aws;

import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;

/** Hears from the SDK of each try that AWS refused as one too many, and so of those that it makes again by itself. */
final class ThrottleCounter implements MetricPublisher {
    /** As the SDK's documentation lists the values of {@link CoreMetric#ERROR_TYPE}. */
    private static final String THROTTLING = "Throttling";

    private final Runnable told;

    ThrottleCounter(Runnable told) {
        this.told = told;
    }

    /** A call has ended; its tries are the children of its figures. */
    @Override
    public void publish(MetricCollection call) {
        call.children().stream()
                .flatMap(attempt -> attempt.metricValues(CoreMetric.ERROR_TYPE).stream())
                .filter(THROTTLING::equals)
                .forEach(refused -> told.run());
    }

    @Override
    public void close() {}
}
