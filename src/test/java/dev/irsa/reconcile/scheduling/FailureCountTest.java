package dev.irsa.reconcile.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailureCountTest {
    private static final Failure THROTTLED = new Failure.Passing(Reason.Throttled, "m");
    private static final Failure AWAY = new Failure.Passing(Reason.AwsUnavailable, "m");

    private static final Failure STUCK = Failure.roleConflict("r", "is not ours");

    private FailureCount count = FailureCount.NONE;

    @Test
    void countsPrecedingFailures() {
        assertThat(failed(THROTTLED, 1)).isZero();
        assertThat(failed(new Failure.Passing(Reason.Throttled, "other words"), 1))
                .isEqualTo(1);
        assertThat(failed(THROTTLED, 1)).isEqualTo(2);
    }

    @Test
    void countsAlternatingReasonsTogether() {
        failed(THROTTLED, 1);

        assertThat(failed(AWAY, 1)).isEqualTo(1);
        assertThat(failed(THROTTLED, 1)).isEqualTo(2);
    }

    @Test
    void restartsForAnotherRetryPace() {
        failed(THROTTLED, 1);
        failed(THROTTLED, 1);

        assertThat(failed(STUCK, 1)).isZero();
        assertThat(failed(STUCK, 1)).isEqualTo(1);
        assertThat(failed(THROTTLED, 1)).isZero();
    }

    @Test
    void restartsForAnotherGeneration() {
        failed(THROTTLED, 1);

        assertThat(failed(THROTTLED, 2)).isZero();
        assertThat(failed(THROTTLED, 2)).isEqualTo(1);
    }

    @Test
    void restartsAfterSuccess() {
        failed(THROTTLED, 1);
        failed(THROTTLED, 1);
        count = FailureCount.NONE;

        assertThat(failed(THROTTLED, 1)).isZero();
    }

    @Test
    void ignoresPlannedWaits() {
        Failure waiting = new Failure.Waiting(Reason.Reconciling, "m", Duration.ofSeconds(60));
        failed(waiting, 1);
        failed(waiting, 1);

        assertThat(failed(THROTTLED, 1)).isZero();
        failed(waiting, 1);
        assertThat(failed(THROTTLED, 1)).as("a failure before a wait").isEqualTo(1);
    }

    /** Returns how many failures preceded this one. */
    private int failed(Failure failure, long generation) {
        count = count.and(failure, generation);
        return count.previous();
    }
}
