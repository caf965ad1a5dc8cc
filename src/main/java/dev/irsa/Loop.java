package dev.irsa;

import dev.irsa.failure.FailureException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that does what is due, sleeps until more is, and outlives every defect. */
final class Loop {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    /** One that the step could not tell of by itself. */
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(2);

    private static final Duration AFTER_A_DEFECT = Duration.ofMinutes(1);

    private final Step step;
    private final Thread thread;

    /** What is done each time round. */
    @FunctionalInterface
    interface Step {
        /** Does what is due; answers how long to sleep. */
        Duration run() throws InterruptedException;
    }

    Loop(String name, Step step) {
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

    void stop() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(once());
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
