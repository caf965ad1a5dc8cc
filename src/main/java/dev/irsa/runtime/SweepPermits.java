package dev.irsa.runtime;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Limits how many accounts are swept at once. Accounts that are slow delay another one only for some time. */
public final class SweepPermits {
    private final Semaphore permits;
    private final Duration patience;

    /**
     * Creates permits.
     *
     * @param patience how long a sweep waits for one; then it runs without
     */
    public SweepPermits(int atOnce, Duration patience) {
        this.permits = new Semaphore(atOnce);
        this.patience = patience;
    }

    /** Runs a step and returns its result. */
    Duration run(BackgroundLoop.Step step) throws InterruptedException {
        boolean permitted = permits.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return step.run();
        } finally {
            if (permitted) {
                permits.release();
            }
        }
    }
}
