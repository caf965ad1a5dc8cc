package dev.irsa.performance.image;

import dev.irsa.fixtures.process.OperatorLaunch;

/**
 * One start of the operator, up to the moment it is ready.
 *
 * @param seconds from the start of its process
 * @param cpuSeconds of all its threads
 * @param mebibytes resident
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
