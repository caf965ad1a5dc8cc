package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class LivenessProbeTest {
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void isContentWithGoodAnswersOnly() {
        try (LivenessProbe livez = answering(call -> 200)) {
            World.await().until(() -> asked.get() > 2);
            livez.assertAllGood();
        }
    }

    @Test
    void forgivesNoBadAnswerThoughGoodOnesFollow() {
        try (LivenessProbe livez = answering(call -> call == 1 ? 500 : 200)) {
            World.await().until(() -> asked.get() > 2);
            assertThatThrownBy(livez::assertAllGood).hasMessageContaining("500 after");
        }
    }

    @Test
    void goesOnAfterACallThatFailed() {
        try (LivenessProbe livez = answering(call -> 200 / call)) {
            World.await().until(() -> asked.get() > 2);
            assertThatThrownBy(livez::assertAllGood).hasMessageContaining("by zero");
        }
    }

    @Test
    void waitsNoLongerOnceAnAnswerWasBad() {
        try (LivenessProbe livez = answering(call -> 503)) {
            assertThatThrownBy(() -> livez.awaitGoodFor(Duration.ofHours(1))).hasStackTraceContaining("503 after");
        }
    }

    private LivenessProbe answering(IntUnaryOperator answers) {
        return new LivenessProbe(() -> answers.applyAsInt(asked.getAndIncrement()));
    }
}
