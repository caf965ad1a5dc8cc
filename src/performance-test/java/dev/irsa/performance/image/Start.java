package dev.irsa.performance.image;

import dev.irsa.fixtures.process.OperatorLaunch;

/**
 * One start of the operator until it is ready.
 *
 * @param seconds from the start of the process
 * @param cpuSeconds CPU time of all threads
 * @param mebibytes resident memory
 */
record Start(double seconds, double cpuSeconds, double mebibytes) {
    static Start of(OperatorLaunch launch) {
        var before = System.nanoTime();
        try (var operator = launch.startReady()) {
            var seconds = (System.nanoTime() - before) / 1e9;
            return new Start(seconds, operator.cpu().toMillis() / 1e3, operator.residentKiB() / 1024.0);
        }
    }
}
