package dev.irsa.controller;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What runs. When it is to stop, what has begun comes to its end, and no more begins. */
public final class InFlightReconciles {
    private final Semaphore running = new Semaphore(Integer.MAX_VALUE);
    private volatile boolean stopped;

    /** Whether it may begin; then it has to say when it has come to its end. */
    public boolean begin() {
        return !stopped && running.tryAcquire();
    }

    /** What has begun has come to its end. */
    public void end() {
        running.release();
    }

    /** Lets no more begin, and waits until none runs, but no longer than this. */
    public void stop(Duration patience) {
        if (stopped) {
            return;
        }
        stopped = true;
        try {
            boolean _ = running.tryAcquire(Integer.MAX_VALUE, patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
