package dev.irsa.integration.machine;

import static dev.irsa.integration.machine.ProxiedIam.failure;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private final AtomicLong now = new AtomicLong();
    private final TokenBucket limit = new TokenBucket(10, 20, now::get);

    @Test
    void allowsBurstAndThrottlesExcess() {
        assertThat(taken(25)).isEqualTo(20);

        assertThat(limit.passed()).isEqualTo(20);
        assertThat(limit.refused()).isEqualTo(5);
    }

    @Test
    void allowsRateAfterBurst() {
        assertThat(taken(20)).isEqualTo(20);

        pass(Duration.ofMillis(99));
        assertThat(taken(1)).isZero();
        pass(Duration.ofMillis(1));
        assertThat(taken(2)).isOne();
        pass(Duration.ofMillis(500));
        assertThat(taken(10)).isEqualTo(5);
    }

    @Test
    void accumulatesAtMostBurst() {
        pass(Duration.ofHours(1));

        assertThat(taken(30)).isEqualTo(20);
    }

    @Test
    void throttlesWithIamError() throws IOException {
        try (var iam = new ProxiedIam()) {
            var slow = iam.proxy.faults().on("iam:*").limit(0.000_001, 2);
            iam.create("a");
            iam.create("b");

            var refusal = failure(() -> iam.create("c"));

            assertThat(refusal.statusCode()).isEqualTo(400);
            assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("Throttling");
            assertThat(refusal.awsErrorDetails().errorMessage()).isEqualTo("Rate exceeded");
            assertThat(iam.roles()).containsExactlyInAnyOrder("a", "b");
            assertThat(slow.passed()).isEqualTo(2);
            assertThat(slow.refused()).isOne();
        }
    }

    private long taken(int calls) {
        long taken = 0;
        for (int call = 0; call < calls; call++) {
            taken += limit.take() ? 1 : 0;
        }
        return taken;
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
