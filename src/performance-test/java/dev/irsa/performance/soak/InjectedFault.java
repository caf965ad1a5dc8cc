package dev.irsa.performance.soak;

import java.time.Duration;
import java.time.Instant;

/** A fault that there was. */
record InjectedFault(FaultKind kind, Instant from, Instant to) {
    /** As long as a call to AWS may take in all, and as a client of the API server may wait before it tries again. */
    static final Duration AFTERMATH = Duration.ofSeconds(45);

    boolean explains(LogLine line) {
        return kind.explains(line) && !line.at().isBefore(from) && !line.at().isAfter(to.plus(AFTERMATH));
    }
}
