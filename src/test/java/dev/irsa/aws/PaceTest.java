package dev.irsa.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Pace pace = new Pace(Double.POSITIVE_INFINITY, 0);

    @Test
    void nothingWaitsUntilAwsRefuses() {
        for (int call = 0; call < 10_000; call++) {
            assertThat(pace.turn(0)).isZero();
            pace.passed(0);
        }
    }

    /** The floor: what the burst does not cover comes at the rate. */
    @ParameterizedTest(name = "{0} calls a second, burst {1}, {2} calls of {3} ms")
    @CsvSource({
        "10, 20, 300, 10", "10, 20, 300, 25", "10, 20, 300, 300", "10, 20, 3000, 25",
        "5, 5, 300, 25", "5, 5, 3000, 100", "20, 100, 300, 25", "20, 100, 3000, 25",
        "50, 100, 3000, 25", "100, 200, 6000, 25", "2, 2, 300, 25"
    })
    void manyCallersNeedLittleMoreThanAwsAllows(double rate, int burst, int calls, int millis) {
        ManyCallers callers = new ManyCallers(rate, burst, Duration.ofMillis(millis));

        callers.make(calls);

        double floor = (calls - burst) / rate;
        assertThat(callers.seconds()).isGreaterThanOrEqualTo(floor).isLessThan(floor * 1.12 + 1);
    }

    @ParameterizedTest(name = "{0} calls a second, burst {1}, {2} calls")
    @CsvSource({"10, 20, 300, 0.06", "10, 20, 3000, 0.03", "5, 5, 300, 0.08", "20, 100, 3000, 0.02"})
    void awsRefusesFewCalls(double rate, int burst, int calls, double share) {
        ManyCallers callers = new ManyCallers(rate, burst, Duration.ofMillis(25));

        callers.make(calls);

        assertThat(callers.refused()).isPositive().isLessThan((int) (calls * share));
    }

    @Test
    void callsOnTheirWayTogetherAreRefusedOnce() {
        pace.refused(SECOND, SECOND + 1);
        double slowed = pace.perSecond(SECOND + 2);

        pace.refused(SECOND, SECOND + 2);
        assertThat(pace.perSecond(SECOND + 2)).isEqualTo(slowed);
    }

    @Test
    void aCallThatBeganSlowedAndIsRefusedSlowsFurther() {
        pace.refused(SECOND, SECOND + 1);
        double slowed = pace.perSecond(SECOND + 2);

        pace.refused(SECOND + 2, SECOND + 3);

        assertThat(pace.perSecond(SECOND + 3)).isLessThan(slowed);
    }

    @Test
    void whateverIsRefusedACallASecondIsTried() {
        for (long refusal = 1; refusal < 100; refusal++) {
            pace.refused(refusal * SECOND, refusal * SECOND + 1);
        }

        assertThat(pace.perSecond(99 * SECOND + 1)).isEqualTo(1);
        assertThat(pace.turn(99 * SECOND + 1)).isEqualTo(SECOND);
        assertThat(pace.turn(100 * SECOND + 1)).isZero();
    }

    @Test
    void isAtFullSpeedAgainWhenAwsNoLongerRefuses() {
        ManyCallers callers = new ManyCallers(10, 20, Duration.ofMillis(25));
        callers.make(300);
        long end = Math.round(callers.seconds() * SECOND);

        assertThat(callers.pace.perSecond(end)).isBetween(5.0, 20.0);
        assertThat(callers.pace.perSecond(end + 15 * SECOND)).isGreaterThan(100);
        assertThat(callers.pace.isFull(end + 30 * SECOND)).isTrue();
    }

    @Test
    void neverExceedsWhatItIsGiven() {
        Pace given = new Pace(10, 0);

        long now = 0;
        for (int call = 0; call < 101; call++) {
            for (long wait = given.turn(now); wait > 0; wait = given.turn(now)) {
                now += wait;
            }
            given.passed(now);
        }

        assertThat(now).isEqualTo(10 * SECOND);
        given.refused(now, now);
        assertThat(given.perSecond(now)).isLessThan(10);
        assertThat(given.perSecond(now + 60 * SECOND)).isEqualTo(10);
    }

    @Test
    void aTurnMissedForLongIsNotMadeUpFor() {
        Pace given = new Pace(10, 0);
        assertThat(given.turn(0)).isZero();

        long later = 60 * SECOND;
        assertThat(given.turn(later)).isZero();

        assertThat(given.turn(later)).isBetween(SECOND / 20, SECOND / 10);
    }
}
