package dev.irsa.aws;

import dev.irsa.port.CallInterceptor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Limits the number of calls in flight, across all threads. Calls above the limit wait in the order of their arrival.
 */
public final class InFlightLimit implements CallInterceptor {
    private final Semaphore permits;

    /** @param maxInFlight how many calls may run at the same time, at least 1 */
    public InFlightLimit(int maxInFlight) {
        this.permits = new Semaphore(maxInFlight, true);
    }

    @Override
    public <T> T intercept(ExternalCall call, Supplier<T> work) {
        try {
            permits.acquire();
        } catch (InterruptedException e) {
            throw AwsCalls.stopping(e);
        }
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }
}
