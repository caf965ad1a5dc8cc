package dev.irsa.core.failure;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Decides when a failed reconcile is retried. Pauses grow exponentially and have jitter, so that many resources that
 * fail together do not retry together. Retries never stop.
 */
public final class RetrySchedule {
    private static final ExponentialBackoff SOON =
            new ExponentialBackoff(Duration.ofSeconds(1), Duration.ofSeconds(60));
    /** IAM shows a write within seconds; a longer pause would only make pods wait. */
    private static final ExponentialBackoff RECONCILING =
            new ExponentialBackoff(Duration.ofSeconds(1), Duration.ofSeconds(8));

    private final ExponentialBackoff slowly;
    private final RandomGenerator random;

    /**
     * Creates a schedule.
     *
     * @param slowestRetry the longest pause before a retry of a failure that a person has to resolve
     * @param random the source of the jitter
     */
    public RetrySchedule(Duration slowestRetry, RandomGenerator random) {
        this.slowly = new ExponentialBackoff(Duration.ofSeconds(15), slowestRetry);
        this.random = random;
    }

    /**
     * Returns the pause of a resource that is slowed down because it is reconciled in a loop.
     *
     * @param times how many times in a row it was slowed down before; 0 the first time
     */
    public Duration slowdown(int times) {
        return SOON.after(times, random);
    }

    /**
     * Returns the pause before the next attempt.
     *
     * @param tries how many times in a row this failure occurred before; 0 the first time
     * @return empty when only a change in the cluster can resolve the failure
     */
    public Optional<Duration> pause(Failure failure, int tries) {
        return switch (failure.retry()) {
            case WHEN_CHANGED -> Optional.empty();
            case SOON ->
                Optional.of((failure.reason() == Reason.Reconciling ? RECONCILING : SOON).after(tries, random));
            case SLOWLY -> Optional.of(slowly.after(tries, random));
        };
    }
}
