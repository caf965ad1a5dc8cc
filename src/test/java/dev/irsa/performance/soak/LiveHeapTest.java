package dev.irsa.performance.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LiveHeapTest {
    @Test
    void readsTheBytesOfTheLastLine() {
        assertThat(LiveHeap.total("""
                 num     #instances         #bytes  class name (module)
                   1:         60115        4131720  [B (java.base@25.0.3)
                Total       3500541      155589160
                """)).isEqualTo(155_589_160);
    }

    @Test
    void refusesOtherOutput() {
        assertThatThrownBy(() -> LiveHeap.total("AttachNotSupportedException"))
                .hasMessageContaining("not a class histogram");
    }
}
