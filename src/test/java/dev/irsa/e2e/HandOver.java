package dev.irsa.e2e;

import java.time.Duration;
import java.time.Instant;

/** How long a hand-over took, printed for docs/reliability.md. */
final class HandOver {
    private HandOver() {}

    /** The other leads now. */
    static void print(String when, Instant asked, Instant ended) {
        Instant now = Instant.now();
        System.out.printf(
                "hand-over: %s: the old one ended what it was at in %d ms, the other led %d ms later%n",
                when,
                Duration.between(asked, ended).toMillis(),
                Duration.between(ended, now).toMillis());
    }
}
