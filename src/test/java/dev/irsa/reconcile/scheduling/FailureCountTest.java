package dev.irsa.reconcile.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import org.junit.jupiter.api.Test;

class FailureCountTest {
    private static final Failure THROTTLED = new Failure.Passing(Reason.Throttled, "m");
    private static final Failure AWAY = new Failure.Passing(Reason.AwsUnavailable, "m");

    private static final Failure STUCK = new Failure.RoleConflict("r", "is not ours");

    private final FailureCount tries = new FailureCount();

    @Test
    void countsHowOftenAFailureCameBefore() {
        assertThat(tries.before(THROTTLED, 1)).isZero();
        assertThat(tries.before(new Failure.Passing(Reason.Throttled, "other words"), 1))
                .isEqualTo(1);
        assertThat(tries.before(THROTTLED, 1)).isEqualTo(2);
    }

    @Test
    void reasonsThatTakeTurnsAreCountedTogether() {
        tries.before(THROTTLED, 1);

        assertThat(tries.before(AWAY, 1)).isEqualTo(1);
        assertThat(tries.before(THROTTLED, 1)).isEqualTo(2);
    }

    @Test
    void anotherPaceBeginsAgain() {
        tries.before(THROTTLED, 1);
        tries.before(THROTTLED, 1);

        assertThat(tries.before(STUCK, 1)).isZero();
        assertThat(tries.before(STUCK, 1)).isEqualTo(1);
        assertThat(tries.before(THROTTLED, 1)).isZero();
    }

    @Test
    void anotherSpecBeginsAgain() {
        tries.before(THROTTLED, 1);

        assertThat(tries.before(THROTTLED, 2)).isZero();
        assertThat(tries.before(THROTTLED, 2)).isEqualTo(1);
    }

    @Test
    void successBeginsAgain() {
        tries.before(THROTTLED, 1);
        tries.before(THROTTLED, 1);
        tries.succeeded();

        assertThat(tries.before(THROTTLED, 1)).isZero();
    }
}
