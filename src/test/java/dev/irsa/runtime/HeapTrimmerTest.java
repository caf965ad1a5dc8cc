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
        heap.addAndGet(2 * MIB);
        trim(100);

        assertThat(collections).hasValue(1);
    }

    @Test
    void trimsHeapAtOnceAfterBurst() {
        memory.trim();
        heap.set(60 * MIB);
        memory.trim();
        assertThat(collections).hasValue(1);

        heap.set(60 * MIB + 1);
        memory.trim();
        assertThat(collections).hasValue(2);
    }

    @Test
    void trimsHeapSomeTimeAfterLittleWork() {
        memory.trim();
        heap.set(50 * MIB);
        trim(19);
        assertThat(collections).hasValue(1);

        memory.trim();
        assertThat(collections).hasValue(2);
    }

    private void trim(int times) {
        for (int i = 0; i < times; i++) {
            memory.trim();
        }
    }
}
