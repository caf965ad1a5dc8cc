package dev.irsa.performance.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BenchOptionsTest {
    @Test
    void acceptsListsWithBlanksOrCommas() {
        assertThat(BenchOptions.of("--sizes=1 200,1000").sizes()).containsExactly(1, 200, 1000);
        assertThat(BenchOptions.of("--in-flight=").inFlight()).isEmpty();
        assertThat(BenchOptions.of("--latency-ms=100").latency()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void namesUnknownOptions() {
        assertThatThrownBy(() -> BenchOptions.of("--size=1"))
                .hasMessageContaining("--size=1")
                .hasMessageContaining("--sizes");
        assertThatThrownBy(() -> BenchOptions.of("--sizes")).hasMessageContaining("--name=value");
    }
}
