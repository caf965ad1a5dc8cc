package dev.irsa.core.failure;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The back-off formula of the whole program: each pause is twice as long as the one before, up to a maximum.
 *
 * @param first the pause after the first failure
 * @param max the longest pause
 */
public record ExponentialBackoff(Duration first, Duration max) {
    /** Beyond this number of doublings every pause of the program has reached its maximum. */
    private static final int MAX_DOUBLINGS = 20;

    private static final double LEAST_JITTER_FACTOR = 0.8;

    /**
     * Returns the pause before the next attempt.
     *
     * @param failures how many attempts in a row failed before the latest failure; 0 after the first failure
     */
    public Duration after(int failures) {
        long millis = first.toMillis() << Math.min(failures, MAX_DOUBLINGS);
        return Duration.ofMillis(Math.min(millis, max.toMillis()));
    }

    /** Returns {@link #after(int)}, shortened by jitter. */
    public Duration after(int failures, RandomGenerator random) {
        return jittered(after(failures), random);
    }

    /**
     * Shortens a pause by up to a fifth, so that many clients do not call at the same moment. Jitter never lengthens a
     * pause: a maximum stays a maximum.
     */
    public static Duration jittered(Duration pause, RandomGenerator random) {
        return Duration.ofMillis(Math.round(pause.toMillis() * random.nextDouble(LEAST_JITTER_FACTOR, 1.0)));
    }
}
