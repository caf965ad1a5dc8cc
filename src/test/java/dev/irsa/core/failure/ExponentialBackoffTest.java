package dev.irsa.core.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExponentialBackoffTest {
    private static final ExponentialBackoff BACKOFF =
            new ExponentialBackoff(Duration.ofSeconds(2), Duration.ofMinutes(1));

    @Test
    void doublesUpToTheMaximum() {
        assertThat(IntStream.range(0, 7).mapToObj(BACKOFF::after).map(Duration::toSeconds))
                .containsExactly(2L, 4L, 8L, 16L, 32L, 60L, 60L);
    }

    @Test
    void staysAtTheMaximumAfterManyFailures() {
        assertThat(BACKOFF.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void neverExceedsAMaximumBelowTheFirstPause() {
        assertThat(new ExponentialBackoff(Duration.ofSeconds(15), Duration.ofSeconds(2)).after(0))
                .isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void jitterShortensByUpToAFifth() {
        Random random = new Random(1);

        assertThat(IntStream.range(0, 1000).mapToObj(attempt -> BACKOFF.after(10, random)))
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofSeconds(48), Duration.ofSeconds(60)));
    }

    @Test
    void jitterIsWithinTheFifthAtBothEnds() {
        assertThat(BACKOFF.after(0, () -> 0L)).isEqualTo(Duration.ofMillis(1600));
        assertThat(BACKOFF.after(0, () -> -1L)).isEqualTo(Duration.ofSeconds(2));
    }
}
