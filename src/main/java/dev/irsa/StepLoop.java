package dev.irsa;

import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that does what is due, sleeps until more is, and outlives every defect. */
final class StepLoop {
    private static final Logger LOG = LoggerFactory.getLogger(StepLoop.class);
    private static final Duration AFTER_A_DEFECT = Duration.ofMinutes(1);

    private final Supplier<Duration> work;
    private final Thread thread;

    /** @param work does what is due and answers how long nothing is */
    StepLoop(String name, Supplier<Duration> work) {
        this.work = work;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    String name() {
        return thread.getName();
    }

    void start() {
        thread.start();
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
                Thread.sleep(step());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration step() {
        try {
            return work.get();
        } catch (RuntimeException e) {
            LOG.error("a defect of the operator; please report it with this trace", e);
            return AFTER_A_DEFECT;
        }
    }
}
