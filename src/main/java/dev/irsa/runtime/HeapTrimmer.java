package dev.irsa.runtime;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Returns free heap memory to the system after a burst of work. The serial collector returns memory only during a full
 * collection, and an idle operator never needs one. Without the trimmer, the process would keep the memory that it needed
 * at startup or for a thousand new resources.
 */
public final class HeapTrimmer implements Runnable {
    private static final Duration PAUSE = Duration.ofSeconds(20);
    private static final long SLACK = 2 << 20;

    private final LongSupplier heap;
    private final Runnable collection;
    private long sizeAfterCollection;

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
                Thread.sleep(PAUSE);
                trim();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Collects garbage if the heap has grown since the last collection. */
    void trim() {
        if (heap.getAsLong() > sizeAfterCollection + SLACK) {
            collection.run();
            sizeAfterCollection = heap.getAsLong();
        }
    }
}
