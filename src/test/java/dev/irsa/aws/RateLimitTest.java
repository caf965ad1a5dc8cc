package dev.irsa.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.port.CallInterceptor.ExternalCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final ExternalCall CALL = new ExternalCall("iam:GetRole", "r");

    private final List<Duration> waits = new ArrayList<>();
    private long now = Long.MAX_VALUE - 5;
    private final RateLimit limit = new RateLimit(4, () -> now, waits::add);

    @Test
    void spacesCallsEvenly() {
        for (int i = 0; i < 4; i++) {
            assertThat(limit.<Integer>intercept(CALL, () -> 7)).isEqualTo(7);
        }

        assertThat(waits).containsExactly(Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofMillis(750));
    }

    @Test
    void pauseIsNotFollowedByBurst() {
        limit.intercept(CALL, () -> {});
        now += Duration.ofSeconds(10).toNanos();
        limit.intercept(CALL, () -> {});
        limit.intercept(CALL, () -> {});

        assertThat(waits).containsExactly(Duration.ofMillis(250));
    }
}
