package dev.irsa.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HeapTrimmerTest {
    private static final long MIB = 1 << 20;

    private final AtomicLong heap = new AtomicLong(100 * MIB);
    private final AtomicInteger collections = new AtomicInteger();
    private final HeapTrimmer memory = new HeapTrimmer(heap::get, () -> {
        collections.incrementAndGet();
        heap.set(40 * MIB);
    });

    @Test
    void trimsHeapAfterStart() {
        memory.trim();

        assertThat(collections).hasValue(1);
    }

    @Test
    void doesNothingWhileIdle() {
        memory.trim();
        memory.trim();
        heap.addAndGet(2 * MIB);
        memory.trim();

        assertThat(collections).hasValue(1);
    }

    @Test
    void trimsHeapAfterMoreWork() {
        memory.trim();
        heap.set(80 * MIB);
        memory.trim();

        assertThat(collections).hasValue(2);
    }
}
