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

/** Probes {@code /livez} as the kubelet does, but four times a second. Every failure counts. */
final class LivenessProbe implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(250);

    private final IntSupplier livez;
    private final long startedAt = System.nanoTime();
    private final AtomicInteger probes = new AtomicInteger();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().unstarted(this::run);

    LivenessProbe(IntSupplier livez) {
        this.livez = livez;
        thread.start();
    }

    static LivenessProbe of(OperatorProcess operator) {
        return new LivenessProbe(() -> operator.status("/livez"));
    }

    /** Waits for this time and fails at the first failed probe. */
    void awaitHealthyFor(Duration duration) {
        awaitHealthyFor(duration, () -> {});
    }

    /** Waits for this time and fails at the first failed probe or assertion. */
    void awaitHealthyFor(Duration duration, Runnable assertion) {
        long from = System.nanoTime();
        TestEnvironment.await()
                .atMost(duration.plusMinutes(1))
                .failFast(() -> {
                    assertion.run();
                    assertThat(failures).isEmpty();
                })
                .until(() -> System.nanoTime() - from >= duration.toNanos());
    }

    /** Stops probing and asserts that there were probes and all returned 200. */
    void assertAlwaysHealthy() {
        close();
        assertThat(failures).as("failed probes of /livez").isEmpty();
        assertThat(probes).as("probes of /livez").hasPositiveValue();
    }

    private void run() {
        try {
            do {
                probe();
            } while (!closed.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void probe() {
        probes.incrementAndGet();
        Duration after = Duration.ofNanos(System.nanoTime() - startedAt);
        try {
            int status = livez.getAsInt();
            if (status != 200) {
                failures.add(status + " after " + after);
            }
        } catch (RuntimeException e) {
            // An exception would end the probes without a report.
            failures.add(e + " after " + after);
        }
    }

    /** Waits for the current probe. */
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
