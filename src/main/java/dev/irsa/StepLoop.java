package dev.irsa;

import dev.irsa.drift.Sweeper;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of the sweeper: does what is due, sleeps until more is, and outlives every defect. */
final class SweepLoop {
    private static final Logger LOG = LoggerFactory.getLogger(SweepLoop.class);
    private static final Duration AFTER_A_DEFECT = Duration.ofMinutes(1);

    private final Sweeper sweeper;
    private final Thread thread = Thread.ofVirtual().name("sweep").unstarted(this::run);

    SweepLoop(Sweeper sweeper) {
        this.sweeper = sweeper;
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
            return sweeper.step();
        } catch (RuntimeException e) {
            LOG.error("a defect of the operator; please report it with this trace", e);
            return AFTER_A_DEFECT;
        }
    }
}
