package dev.irsa.metrics;

import dev.irsa.core.failure.FailureException;
import dev.irsa.port.CallInterceptor;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Counts and times the calls to AWS by action and outcome. The time includes the retries of the SDK. */
record AwsCallMetrics(MeterRegistry registry, String account) implements CallInterceptor {
    /** Few, because each bucket is a time series for each action. They separate fast, slow, retried and timed-out calls. */
    private static final Duration[] BUCKETS = Stream.of(50, 100, 250, 500, 1000, 2500, 10_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    @Override
    public <T> T intercept(ExternalCall call, Supplier<T> work) {
        long begun = registry.config().clock().monotonicTime();
        try {
            T answer = work.get();
            record(call, "success", begun);
            return answer;
        } catch (FailureException e) {
            record(call, e.failure().reason().name(), begun);
            throw e;
        }
    }

    private void record(ExternalCall call, String outcome, long begun) {
        Counter.builder("irsa.aws.calls")
                .description("Calls to AWS; outcome: success, or the reason of the failure")
                .tag("action", call.action())
                .tag("outcome", outcome)
                .tag(AccountMetrics.LABEL, account)
                .register(registry)
                .increment();
        Timer.builder("irsa.aws.call.duration")
                .description("Duration of calls to AWS, including the retries of the SDK")
                .tag("action", call.action())
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(registry.config().clock().monotonicTime() - begun, TimeUnit.NANOSECONDS);
    }
}
