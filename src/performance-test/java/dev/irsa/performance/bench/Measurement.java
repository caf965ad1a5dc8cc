package dev.irsa.performance.bench;

import java.time.Duration;
import java.util.Optional;

/**
 * What was seen of the operator with one number of resources.
 *
 * @param size number of resources
 * @param floor the same calls made without an operator
 * @param create until all were Ready
 * @param rest while nothing changed
 * @param atRest memory after that
 * @param restart until the operator had looked at all again and was at rest
 * @param readyAgain until it said that it was ready, after the restart
 * @param drift until all that was changed behind its back was repaired; empty when it cannot be told to look often
 * @param drifted number of roles that were changed
 * @param afterRestart memory of the process that was started second, after the drift
 * @param deletion until all were gone
 */
record Measurement(
        int size,
        Duration floor,
        Phase create,
        Phase rest,
        Memory atRest,
        Phase restart,
        Duration readyAgain,
        Optional<Phase> drift,
        int drifted,
        Memory afterRestart,
        Phase deletion) {
    /**
     * Of one process.
     *
     * @param residentKiB now
     * @param peakKiB the most there was
     */
    record Memory(long residentKiB, long peakKiB) {}

    double timesFloor() {
        return (double) create.took().toMillis() / floor.toMillis();
    }
}
