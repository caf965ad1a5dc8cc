package dev.irsa.controller;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Tracks the reconciles in progress. After a stop, reconciles in progress finish and no new one begins. */
public final class InFlightWork {
    private final Semaphore running = new Semaphore(Integer.MAX_VALUE);
    private volatile boolean stopped;

    /** Returns whether a reconcile may begin; if true, the caller must call {@link #end()} when it has finished. */
    public boolean tryBegin() {
        return !stopped && running.tryAcquire();
    }

    /** Records that a reconcile has finished. */
    public void end() {
        running.release();
    }

    /** Lets no further reconcile begin and waits until all have finished, at most as long as the timeout. */
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
