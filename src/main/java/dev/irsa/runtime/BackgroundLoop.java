package dev.irsa.runtime;

import dev.irsa.core.failure.FailureException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that repeats a step, sleeps between the steps and survives every exception. */
public class BackgroundLoop {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundLoop.class);
    /** The pause after a failure that the step does not handle itself. */
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(2);

    private static final Duration AFTER_INTERNAL_ERROR = Duration.ofMinutes(1);

    private final String name;
    private final Step step;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Optional<Thread> thread = Optional.empty();

    /** One iteration of the loop. */
    @FunctionalInterface
    public interface Step {
        /** Does the work that is due and returns how long to sleep. */
        Duration run() throws InterruptedException;
    }

    /** Creates a loop and does not start it. */
    public BackgroundLoop(String name, Step step) {
        this.name = name;
        this.step = step;
    }

    /** Starts to repeat the step. */
    public void start() {
        thread = Optional.of(Thread.ofVirtual().name(name).start(this::run));
    }

    String name() {
        return name;
    }

    boolean isAlive() {
        return thread.filter(Thread::isAlive).isPresent();
    }

    /** Requests a stop: the current step completes, and no further step begins. */
    public void stop() {
        stopped.countDown();
    }

    /** Waits until all of these loops have stopped, and interrupts the steps that still run after the grace period. */
    static void end(Stream<BackgroundLoop> loops, Duration gracePeriod) {
        long began = System.nanoTime();
        loops.forEach(loop -> loop.end(gracePeriod.minusNanos(System.nanoTime() - began)));
    }

    private void end(Duration remaining) {
        thread.filter(Thread::isAlive).ifPresent(running -> end(running, remaining));
    }

    private static void end(Thread running, Duration remaining) {
        try {
            if (!running.join(remaining)) {
                running.interrupt();
            }
        } catch (InterruptedException e) {
            running.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (stopped.getCount() > 0) {
                boolean _ = stopped.await(once().toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration once() throws InterruptedException {
        try {
            return step.run();
        } catch (FailureException e) {
            LOG.warn("{} failed; retrying: {}", name(), e.getMessage());
            return AFTER_A_FAILURE;
        } catch (RuntimeException e) {
            LOG.error("internal error; report it with this stack trace", e);
            return AFTER_INTERNAL_ERROR;
        }
    }
}
