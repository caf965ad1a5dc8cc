package dev.irsa.controller;

import java.util.concurrent.Semaphore;

/** Signals a change to one waiting thread. Signals that arrive before the thread waits are combined into one. */
public final class CoalescingSignal {
    private final Semaphore signals = new Semaphore(0);

    /** Signals a change. */
    public void signal() {
        signals.release();
    }

    /** Waits for a signal and consumes all pending ones. */
    public void await() throws InterruptedException {
        signals.acquire();
        signals.drainPermits();
    }
}
