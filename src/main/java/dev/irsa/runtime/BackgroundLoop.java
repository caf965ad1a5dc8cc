package dev.irsa.runtime;

import dev.irsa.core.failure.FailureException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that does what is due, sleeps until more is, and outlives every defect. */
final class BackgroundLoop {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundLoop.class);
    /** One that the step could not tell of by itself. */
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(2);

    private static final Duration AFTER_A_DEFECT = Duration.ofMinutes(1);

    private final Step step;
    private final Thread thread;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** What is done each time round. */
    @FunctionalInterface
    interface Step {
        /** Does what is due; answers how long to sleep. */
        Duration run() throws InterruptedException;
    }

    BackgroundLoop(String name, Step step) {
        this.step = step;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    String name() {
        return thread.getName();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    /** It does nothing more after what it is at. */
    void stop() {
        stopped.countDown();
    }

    /** Waits until it has stopped, and cuts off what takes longer. */
    void end(Duration patience) {
        try {
            if (thread.isAlive() && !thread.join(patience)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
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
            LOG.warn("{}, which is tried again: {}", name(), e.getMessage());
            return AFTER_A_FAILURE;
        } catch (RuntimeException e) {
            LOG.error("a defect of the operator; please report it with this trace", e);
            return AFTER_A_DEFECT;
        }
    }
}
