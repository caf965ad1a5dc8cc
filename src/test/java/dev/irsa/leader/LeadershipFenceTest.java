package dev.irsa.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Retry;
import dev.irsa.port.CallInterceptor.ExternalCall;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeadershipFenceTest {
    private static final ExternalCall CALL = new ExternalCall("iam:CreateRole", "prod_payments_invoices");

    /** Such a clock may be negative, and may overflow. */
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1);

    private Instant timeOfDay = Instant.parse("2026-12-04T12:00:00Z");

    private final LeadershipFence leadership = new LeadershipFence(Duration.ofSeconds(10), this::now);

    private Moment now() {
        return new Moment(nanoTime.get(), timeOfDay);
    }

    @Test
    void isExpiredBeforeFirstRenewal() {
        assertRefuses();
    }

    @Test
    void lastsUntilTheDeadlineAfterARenewal() {
        leadership.renewed(now());
        pass(Duration.ofMillis(9_999));

        assertThat(leadership.intercept(CALL, () -> "done")).isEqualTo("done");
        assertThat(leadership.remaining()).isEqualTo(Duration.ofMillis(1));

        pass(Duration.ofMillis(1));
        assertRefuses();
    }

    @Test
    void countsFromRenewalRequest() {
        Moment asked = now();
        pass(Duration.ofSeconds(4));
        leadership.renewed(asked);

        assertThat(leadership.remaining()).isEqualTo(Duration.ofSeconds(6));
    }

    /** The monotonic clock stands still meanwhile, and another replica may lead. */
    @Test
    void expiresWhileTheMachineIsSuspended() {
        leadership.renewed(now());

        timeOfDay = timeOfDay.plusSeconds(10);

        assertRefuses();
    }

    @Test
    void expiresInTimeIfTheClockOfTheNodeIsSetBack() {
        leadership.renewed(now());
        timeOfDay = timeOfDay.minusSeconds(3_600);

        pass(Duration.ofSeconds(10));

        assertRefuses();
    }

    @Test
    void extendsWithEachRenewal() {
        for (int i = 0; i < 5; i++) {
            leadership.renewed(now());
            pass(Duration.ofSeconds(8));
            assertThat(leadership.holds()).isTrue();
        }
    }

    @Test
    void expiresOnRelease() {
        leadership.renewed(now());

        leadership.end();

        assertRefuses();
    }

    /** One may be under way when the lease is given back. */
    @Test
    void renewalDoesNotReviveExpiredLeadership() {
        leadership.renewed(now());
        leadership.end();

        leadership.renewed(now());

        assertRefuses();
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
        timeOfDay = timeOfDay.plus(time);
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
