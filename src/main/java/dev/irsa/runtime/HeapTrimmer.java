package dev.irsa.runtime;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Returns free heap memory to the system after a burst of work, and limits what a burst can take. The serial collector
 * finds old garbage and returns memory only during a full collection. Left alone, it runs one only when the whole heap is
 * full, which never happens while the operator is idle.
 */
public final class HeapTrimmer implements Runnable {
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);
    private static final int CHECKS_BETWEEN_SMALL_COLLECTIONS = 20;
    private static final long BURST = 20 << 20;
    private static final long SMALL_GROWTH = 2 << 20;

    private final LongSupplier heap;
    private final Runnable collection;
    private long sizeAfterCollection;
    private int checksSinceCollection;

    /**
     * @param heap returns the current size of the heap in bytes
     * @param collection runs a full garbage collection
     */
    HeapTrimmer(LongSupplier heap, Runnable collection) {
        this.heap = heap;
        this.collection = collection;
    }

    /** Starts a thread that trims the heap of this JVM. */
    public static void start() {
        Thread.ofVirtual().name("heap-trimmer").start(new HeapTrimmer(Runtime.getRuntime()::totalMemory, System::gc));
    }

    @Override
    public void run() {
        try {
            while (true) {
                Thread.sleep(CHECK_INTERVAL);
                trim();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Collects garbage if the heap has grown since the last collection: at once after a burst, else after some time. The
     * first check after the start counts the whole heap as growth.
     */
    void trim() {
        checksSinceCollection++;
        long growth = heap.getAsLong() - sizeAfterCollection;
        if (growth > BURST || (growth > SMALL_GROWTH && checksSinceCollection >= CHECKS_BETWEEN_SMALL_COLLECTIONS)) {
            collection.run();
            sizeAfterCollection = heap.getAsLong();
            checksSinceCollection = 0;
        }
    }
}
