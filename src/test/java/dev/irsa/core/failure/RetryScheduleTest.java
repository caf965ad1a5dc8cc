package dev.irsa.core.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryScheduleTest {
    private static final Duration SLOWEST = Duration.ofMinutes(5);
    private static final Failure PASSING = new Failure.Passing(Reason.AwsUnavailable, "m");
    private static final Failure SETTLING = new Failure.Passing(Reason.Reconciling, "m");
    private static final Failure STUCK = Failure.roleConflict("r", "is not ours");

    @ParameterizedTest
    @CsvSource({"0, 1000", "1, 2000", "3, 8000", "5, 32000", "6, 60000", "20, 60000", "1000000, 60000"})
    void retriesTransientFailureSoon(int tries, long longest) {
        assertThatPause(PASSING, tries, longest);
    }

    @ParameterizedTest
    @CsvSource({"0, 1000", "2, 4000", "3, 8000", "4, 8000", "1000000, 8000"})
    void retriesOftenWhileIamHasNotShownWrite(int tries, long longest) {
        assertThatPause(SETTLING, tries, longest);
    }

    @ParameterizedTest
    @CsvSource({"0, 15000", "1, 30000", "4, 240000", "5, 300000", "1000000, 300000"})
    void slowsDownRetriesOfFailureThatNeedsUser(int tries, long longest) {
        assertThatPause(STUCK, tries, longest);
    }

    @Test
    void neverRetriesFailureThatOnlyChangeResolves() {
        assertThat(backoff(new Random(1)).pause(new Failure.InvalidSpec("f", "p"), 3))
                .isEmpty();
    }

    @Test
    void neverExceedsSlowestRetry() {
        Duration pause =
                new RetrySchedule(Duration.ofSeconds(2), most()).pause(STUCK, 0).orElseThrow();

        assertThat(pause).isLessThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void spreadsRetriesOfSimultaneousFailures() {
        RetrySchedule backoff = backoff(new Random(1));
        List<Duration> pauses = IntStream.range(0, 100)
                .mapToObj(resource -> backoff.pause(PASSING, 10).orElseThrow())
                .distinct()
                .toList();

        assertThat(pauses).hasSizeGreaterThan(90);
    }

    /** Jitter takes away up to a fifth and never adds. */
    private static void assertThatPause(Failure failure, int tries, long longest) {
        assertThat(backoff(most()).pause(failure, tries).orElseThrow())
                .isBetween(Duration.ofMillis(longest - 2), Duration.ofMillis(longest));
        assertThat(backoff(least()).pause(failure, tries)).contains(Duration.ofMillis(longest * 4 / 5));
    }

    private static RetrySchedule backoff(RandomGenerator random) {
        return new RetrySchedule(SLOWEST, random);
    }

    private static RandomGenerator most() {
        return () -> -1L;
    }

    private static RandomGenerator least() {
        return () -> 0L;
    }
}
