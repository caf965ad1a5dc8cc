package dev.irsa.metrics;

import dev.irsa.failure.FailureException;
import dev.irsa.port.Gate;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Counts the calls to AWS by action and outcome, and times them: from when they may go to when they are answered. */
final class CountedCalls implements Gate {
    private final MeterRegistry registry;

    CountedCalls(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public <T> T pass(OutsideCall call, Supplier<T> work) {
        long begun = registry.config().clock().monotonicTime();
        try {
            T answer = work.get();
            tell(call, "success", begun);
            return answer;
        } catch (FailureException e) {
            tell(call, e.failure().reason().name(), begun);
            throw e;
        }
    }

    private void tell(OutsideCall call, String outcome, long begun) {
        registry.counter("irsa.aws.calls", "action", call.action(), "outcome", outcome)
                .increment();
        registry.timer("irsa.aws.call.duration", "action", call.action())
                .record(registry.config().clock().monotonicTime() - begun, TimeUnit.NANOSECONDS);
    }
}
