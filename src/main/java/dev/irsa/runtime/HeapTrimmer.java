package dev.irsa.runtime;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Gives memory back when the work is done. The serial collector returns to the system what is free only when it
 * collects everything, which an operator at rest never makes necessary: what the start, or a thousand new resources,
 * have taken would stay taken.
 */
public final class HeapTrimmer implements Runnable {
    private static final Duration PAUSE = Duration.ofSeconds(20);
    private static final long SLACK = 2 << 20;

    private final LongSupplier heap;
    private final Runnable collection;
    private long taken;

    /**
     * @param heap how many bytes the heap has taken from the system
     * @param collection collects all garbage
     */
    HeapTrimmer(LongSupplier heap, Runnable collection) {
        this.heap = heap;
        this.collection = collection;
    }

    /** Watches over the heap of this JVM for as long as it lives. */
    public static void watch() {
        Thread.ofVirtual().name("spare-memory").start(new HeapTrimmer(Runtime.getRuntime()::totalMemory, System::gc));
    }

    @Override
    public void run() {
        try {
            while (true) {
                Thread.sleep(PAUSE);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A heap that has not grown since it was last collected has nothing to give: at rest nothing is done. */
    void look() {
        if (heap.getAsLong() > taken + SLACK) {
            collection.run();
            taken = heap.getAsLong();
        }
    }
}
