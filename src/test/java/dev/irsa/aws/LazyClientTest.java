package dev.irsa.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LazyClientTest {
    private final AtomicInteger created = new AtomicInteger();
    private final LazyClient<AutoCloseable> client = new LazyClient<>(() -> {
        if (created.incrementAndGet() == 1) {
            throw new IllegalStateException("not yet");
        }
        return () -> {};
    });

    @Test
    void createsClientOnceWhenUsed() {
        assertThat(client.ifUsed()).isEmpty();
        assertThat(created).hasValue(0);

        assertThatThrownBy(client::get).hasMessage("not yet");
        assertThat(client.ifUsed()).isEmpty();

        AutoCloseable first = client.get();
        assertThat(client.get()).isSameAs(first);
        assertThat(client.ifUsed()).contains(first);
        assertThat(created).hasValue(2);
    }
}
