package dev.irsa.performance.bench;

import java.time.Duration;
import java.util.Optional;

/**
 * The measurements for one number of resources.
 *
 * @param size number of resources
 * @param baseline the time of the same calls without an operator
 * @param create until all were Ready
 * @param rest while nothing changed
 * @param atRest memory after that
 * @param restart until the operator had reconciled all resources again and was idle
 * @param readyAgain until the operator was ready after the restart
 * @param drift until all drift was repaired; empty if the sweep interval cannot be set
 * @param drifted number of roles that were changed
 * @param afterRestart memory of the process that was started second, after the drift
 * @param deletion until all were deleted
 */
record Measurement(
        int size,
        Duration baseline,
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
     * The memory of one process.
     *
     * @param residentKiB the current resident memory
     * @param peakKiB the peak resident memory
     */
    record Memory(long residentKiB, long peakKiB) {}
}
