package dev.irsa.aws;

import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;

/** Reports each attempt that AWS throttled, including those that the SDK retries by itself. */
record ThrottleCounter(Runnable throttled) implements MetricPublisher {
    /** A value of {@link CoreMetric#ERROR_TYPE}, as the documentation of the SDK lists them. */
    private static final String THROTTLING = "Throttling";

    /** Runs after each call; the metrics of its attempts are the children of the collection. */
    @Override
    public void publish(MetricCollection call) {
        call.children().stream()
                .flatMap(attempt -> attempt.metricValues(CoreMetric.ERROR_TYPE).stream())
                .filter(THROTTLING::equals)
                .forEach(attempt -> throttled.run());
    }

    @Override
    public void close() {}
}
