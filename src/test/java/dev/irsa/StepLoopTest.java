package dev.irsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StepLoopTest {
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void outlivesADefect() {
        StepLoop loop = new StepLoop("test", () -> {
            asked.incrementAndGet();
            throw new IllegalStateException("a defect");
        });
        loop.start();

        await().until(() -> asked.get() > 0);
        assertThat(loop.isAlive()).isTrue();
        loop.stop();
        await().until(() -> !loop.isAlive());
    }

    @Test
    void saysWhenItHasEndedForGood() {
        StepLoop loop = new StepLoop("test", () -> {
            throw new NoClassDefFoundError("a part of the program is missing");
        });
        loop.start();

        // The error itself is for the log, and not for the test.
        await().dontCatchUncaughtExceptions().until(() -> !loop.isAlive());
    }
}
