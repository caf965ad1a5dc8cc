package dev.irsa.core.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class RootCauseTest {
    @Test
    void returnsTypeAndMessageOfInnermostCause() {
        assertThat(RootCause.of(new IllegalStateException("outer", new UncheckedIOException(new IOException("reset")))))
                .isEqualTo("IOException: reset");
    }

    @Test
    void returnsTypeOfExceptionWithoutCauseAndMessage() {
        assertThat(RootCause.of(new IOException())).isEqualTo("IOException");
        assertThat(RootCause.of(new IOException(""))).isEqualTo("IOException");
    }
}
