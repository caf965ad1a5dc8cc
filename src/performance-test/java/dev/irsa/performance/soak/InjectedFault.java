package dev.irsa.performance.soak;

import java.time.Duration;
import java.time.Instant;

/** A fault that was injected. */
record InjectedFault(FaultKind kind, Instant from, Instant to) {
    /** The longest total time of an AWS call, and the longest retry delay of a Kubernetes client. */
    static final Duration AFTERMATH = Duration.ofSeconds(45);

    boolean explains(LogLine line) {
        return kind.explains(line) && !line.at().isBefore(from) && !line.at().isAfter(to.plus(AFTERMATH));
    }
}
