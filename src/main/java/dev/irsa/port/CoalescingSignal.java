package dev.irsa.port;

import java.util.concurrent.Semaphore;

/** Says that something has changed; said many times before somebody listens, it is said once. */
public final class CoalescingSignal {
    private final Semaphore given = new Semaphore(0);

    /** Says so. */
    public void give() {
        given.release();
    }

    /** Waits until it has been said. */
    public void await() throws InterruptedException {
        given.acquire();
        given.drainPermits();
    }
}
