package dev.irsa.core.failure;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When a failure is tried again: exponentially later, with jitter so that many do not come back at once, for ever. */
public final class Backoff {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration SOON_AT_MOST = Duration.ofSeconds(60);
    /** IAM shows a write within seconds; waiting longer only keeps pods waiting. */
    private static final Duration SETTLING_AT_MOST = Duration.ofSeconds(8);

    private static final Duration SLOWLY = Duration.ofSeconds(15);

    private final Duration slowest;
    private final RandomGenerator random;

    public Backoff(Duration slowest, RandomGenerator random) {
        this.slowest = slowest;
        this.random = random;
    }

    /**
     * The pause before the next try.
     *
     * @param tries how often this failure has been met in a row before; 0 the first time
     * @return empty when only a change can help
     */
    public Optional<Duration> pause(Failure failure, int tries) {
        return switch (failure.retry()) {
            case WHEN_CHANGED -> Optional.empty();
            case SOON ->
                Optional.of(
                        grown(SOON, failure.reason() == Reason.Reconciling ? SETTLING_AT_MOST : SOON_AT_MOST, tries));
            case SLOWLY -> Optional.of(grown(SLOWLY, slowest, tries));
        };
    }

    /** Jitter only shortens: no pause is longer than the longest there may be. */
    private Duration grown(Duration first, Duration most, int tries) {
        long millis = Math.min(most.toMillis(), first.toMillis() << Math.min(tries, 20));
        return Duration.ofMillis(Math.round(millis * random.nextDouble(0.8, 1.0)));
    }
}
