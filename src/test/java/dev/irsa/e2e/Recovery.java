package dev.irsa.e2e;

import java.time.Duration;
import java.time.Instant;

/** How long it took until all was well again, printed for the table of docs/reliability.md. */
record Recovery(String outage, Instant over) {
    /** From now on the outage is over. */
    static Recovery from(String outage) {
        return new Recovery(outage, Instant.now());
    }

    /** All is well again. */
    void done() {
        System.out.printf(
                "outage: %s: recovered in %.1f s%n",
                outage, Duration.between(over, Instant.now()).toMillis() / 1000.0);
    }
}
