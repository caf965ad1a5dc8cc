package dev.irsa.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Retry;
import dev.irsa.port.CallInterceptor.ExternalCall;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeadershipFenceTest {
    private static final ExternalCall CALL = new ExternalCall("iam:CreateRole", "prod_payments_invoices");

    /** Such a clock may be negative, and may overflow. */
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1);

    private final LeadershipFence leadership = new LeadershipFence(Duration.ofSeconds(10), nanoTime::get);

    @Test
    void isExpiredBeforeFirstRenewal() {
        assertRefuses();
    }

    @Test
    void lastsUntilTheDeadlineAfterARenewal() {
        leadership.renewed(nanoTime.get());
        pass(Duration.ofMillis(9_999));

        assertThat(leadership.intercept(CALL, () -> "done")).isEqualTo("done");
        assertThat(leadership.remaining()).isEqualTo(Duration.ofMillis(1));

        pass(Duration.ofMillis(1));
        assertRefuses();
    }

    @Test
    void countsFromRenewalRequest() {
        long asked = nanoTime.get();
        pass(Duration.ofSeconds(4));
        leadership.renewed(asked);

        assertThat(leadership.remaining()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void extendsWithEachRenewal() {
        for (int i = 0; i < 5; i++) {
            leadership.renewed(nanoTime.get());
            pass(Duration.ofSeconds(8));
            assertThat(leadership.holds()).isTrue();
        }
    }

    @Test
    void expiresOnRelease() {
        leadership.renewed(nanoTime.get());

        leadership.end();

        assertRefuses();
    }

    /** One may be under way when the lease is given back. */
    @Test
    void renewalDoesNotReviveExpiredLeadership() {
        leadership.renewed(nanoTime.get());
        leadership.end();

        leadership.renewed(nanoTime.get());

        assertRefuses();
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    private void assertRefuses() {
        assertThat(leadership.holds()).isFalse();
        FailureException refused = catchThrowableOfType(
                FailureException.class,
                () -> leadership.intercept(CALL, () -> {
                    throw new AssertionError("it was called");
                }));
        assertThat(refused).isNotNull();
        assertThat(refused.failure().retry()).isEqualTo(Retry.SOON);
        assertThat(refused.failure().stalled()).isFalse();
    }
}
