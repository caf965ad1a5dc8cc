package dev.irsa.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackgroundLoopTest {
    private final AtomicInteger rounds = new AtomicInteger();

    @Test
    void repeatsUntilStopped() {
        BackgroundLoop loop = new BackgroundLoop("test", () -> {
            rounds.incrementAndGet();
            return Duration.ofMillis(1);
        });
        loop.start();

        await().until(() -> rounds.get() > 2);
        loop.stop();
        await().until(() -> !loop.isAlive());
    }

    @Test
    void continuesAfterUnexpectedException() {
        BackgroundLoop loop = new BackgroundLoop("test", () -> {
            rounds.incrementAndGet();
            throw new IllegalStateException("a defect");
        });
        loop.start();

        await().until(() -> rounds.get() > 0);
        assertThat(loop.isAlive()).isTrue();
        loop.stop();
        await().until(() -> !loop.isAlive());
    }

    @Test
    void reportsExpectedFailureAndContinues() {
        BackgroundLoop loop = new BackgroundLoop("test", () -> {
            rounds.incrementAndGet();
            throw new FailureException(new Failure.Passing(Reason.Reconciling, "another replica works"));
        });
        loop.start();

        await().until(() -> rounds.get() > 1);
        loop.stop();
        await().until(() -> !loop.isAlive());
    }

    @Test
    void completesCurrentIterationWhenStopped() {
        CountDownLatch go = new CountDownLatch(1);
        BackgroundLoop loop = new BackgroundLoop("test", () -> {
            rounds.incrementAndGet();
            go.await();
            rounds.incrementAndGet();
            return Duration.ofHours(1);
        });
        loop.start();
        await().until(() -> rounds.get() == 1);

        loop.stop();
        assertThat(loop.isAlive()).isTrue();
        go.countDown();
        BackgroundLoop.end(Stream.of(loop), Duration.ofMinutes(1));

        assertThat(loop.isAlive()).isFalse();
        assertThat(rounds).hasValue(2);
    }

    @Test
    void interruptsSlowIterationWhenStopped() {
        CountDownLatch never = new CountDownLatch(1);
        BackgroundLoop loop = new BackgroundLoop("test", () -> {
            rounds.incrementAndGet();
            never.await();
            return Duration.ofHours(1);
        });
        loop.start();
        await().until(() -> rounds.get() == 1);

        loop.stop();
        BackgroundLoop.end(Stream.of(loop), Duration.ofMillis(1));

        await().until(() -> !loop.isAlive());
    }

    /** In turn, their grace periods would add up to 100 seconds. */
    @Test
    void waitsForAllLoopsTogether() {
        CountDownLatch never = new CountDownLatch(1);
        List<BackgroundLoop> loops = Stream.generate(() -> new BackgroundLoop("test", () -> {
                    never.await();
                    return Duration.ofHours(1);
                }))
                .limit(1000)
                .toList();
        loops.forEach(BackgroundLoop::start);

        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> BackgroundLoop.end(loops.stream(), Duration.ofMillis(100)));
        await().until(() -> loops.stream().noneMatch(BackgroundLoop::isAlive));
    }

    @Test
    void doesNothingAfterStop() {
        BackgroundLoop loop = new BackgroundLoop("test", () -> {
            rounds.incrementAndGet();
            return Duration.ofMillis(1);
        });
        loop.stop();
        loop.start();

        await().until(() -> !loop.isAlive());
        assertThat(rounds).hasValue(0);
    }

    @Test
    void reportsTermination() {
        BackgroundLoop loop = new BackgroundLoop("test", () -> {
            throw new NoClassDefFoundError("a part of the program is missing");
        });
        loop.start();

        // The error itself is for the log, and not for the test.
        await().dontCatchUncaughtExceptions().until(() -> !loop.isAlive());
    }
}
