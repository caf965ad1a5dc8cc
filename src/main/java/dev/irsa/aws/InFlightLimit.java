package dev.irsa.aws;

import dev.irsa.port.Gate;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** A gate that lets so many calls run at once, whoever makes them; the rest wait their turn. */
public final class InFlightLimit implements Gate {
    private final Semaphore places;

    /** A gate with this many places. */
    public InFlightLimit(int places) {
        this.places = new Semaphore(places, true);
    }

    @Override
    public <T> T pass(OutsideCall call, Supplier<T> work) {
        try {
            places.acquire();
        } catch (InterruptedException e) {
            throw AwsCalls.stopping(e);
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }
}
