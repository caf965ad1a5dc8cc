package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** Asks {@code /livez} as the kubelet does, but four times a second, until it is closed, and forgives no bad answer. */
final class LivenessProbe implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(250);

    private final IntSupplier livez;
    private final long began = System.nanoTime();
    private final AtomicInteger asked = new AtomicInteger();
    private final List<String> badAnswers = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().unstarted(this::run);

    LivenessProbe(IntSupplier livez) {
        this.livez = livez;
        thread.start();
    }

    static LivenessProbe of(OperatorProcess operator) {
        return new LivenessProbe(() -> operator.status("/livez"));
    }

    /** Returns when it has gone on for so long, at the first bad answer with a failure. */
    void awaitGoodFor(Duration duration) {
        awaitGoodFor(duration, () -> {});
    }

    /** The same, where something else must hold whenever it is looked at. */
    void awaitGoodFor(Duration duration, Runnable assertion) {
        long from = System.nanoTime();
        World.await()
                .atMost(duration.plusMinutes(1))
                .failFast(() -> {
                    assertion.run();
                    assertThat(badAnswers).isEmpty();
                })
                .until(() -> System.nanoTime() - from >= duration.toNanos());
    }

    /** Asks no more, and fails unless there were answers and all were 200. */
    void assertAllGood() {
        close();
        assertThat(badAnswers).as("bad answers of /livez").isEmpty();
        assertThat(asked).as("answers of /livez").hasPositiveValue();
    }

    private void run() {
        try {
            do {
                ask();
            } while (!closed.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask() {
        asked.incrementAndGet();
        Duration after = Duration.ofNanos(System.nanoTime() - began);
        try {
            int status = livez.getAsInt();
            if (status != 200) {
                badAnswers.add(status + " after " + after);
            }
        } catch (RuntimeException e) {
            // Would end the series without a word.
            badAnswers.add(e + " after " + after);
        }
    }

    /** Waits for the answer to what it has asked. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
