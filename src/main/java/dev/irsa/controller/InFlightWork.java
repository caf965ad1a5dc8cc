package dev.irsa.controller;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Tracks the reconciles in progress, and the writes of the background loops. After a stop, what is in progress finishes, and nothing
 * new begins.
 */
public final class InFlightWork {
    private final Semaphore running = new Semaphore(Integer.MAX_VALUE);
    private volatile boolean stopped;

    /** Returns whether work may begin; if true, the caller must call {@link #end()} when it has finished. */
    public boolean tryBegin() {
        return !stopped && running.tryAcquire();
    }

    /** Records that work has finished. */
    public void end() {
        running.release();
    }

    /** Lets no further work begin and waits until all has finished, at most as long as the timeout. */
    public void stop(Duration timeout) {
        if (stopped) {
            return;
        }
        stopped = true;
        try {
            boolean _ = running.tryAcquire(Integer.MAX_VALUE, timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
