package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class LivenessProbeTest {
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void passesIfAllProbesSucceed() {
        try (LivenessProbe livez = answering(call -> 200)) {
            TestEnvironment.await().until(() -> asked.get() > 2);
            livez.assertAlwaysHealthy();
        }
    }

    @Test
    void failsAfterOneFailedProbe() {
        try (LivenessProbe livez = answering(call -> call == 1 ? 500 : 200)) {
            TestEnvironment.await().until(() -> asked.get() > 2);
            assertThatThrownBy(livez::assertAlwaysHealthy).hasMessageContaining("500 after");
        }
    }

    @Test
    void continuesAfterException() {
        try (LivenessProbe livez = answering(call -> 200 / call)) {
            TestEnvironment.await().until(() -> asked.get() > 2);
            assertThatThrownBy(livez::assertAlwaysHealthy).hasMessageContaining("by zero");
        }
    }

    @Test
    void stopsWaitingAtFirstFailedProbe() {
        try (LivenessProbe livez = answering(call -> 503)) {
            assertThatThrownBy(() -> livez.awaitHealthyFor(Duration.ofHours(1))).hasStackTraceContaining("503 after");
        }
    }

    private LivenessProbe answering(IntUnaryOperator answers) {
        return new LivenessProbe(() -> answers.applyAsInt(asked.getAndIncrement()));
    }
}
