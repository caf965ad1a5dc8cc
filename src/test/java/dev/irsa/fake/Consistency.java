package dev.irsa.fake;

import java.time.Duration;
import java.time.InstantSource;

/**
 * How long IAM takes to tell everybody what was written. Without a lag, which is how it starts, everyone sees it at
 * once. A lag holds for what is written after it was set: creations, updates and deletions alike.
 */
public final class Consistency {
    private final InstantSource clock;
    private volatile int reads;
    private volatile Duration time = Duration.ZERO;

    Consistency(InstantSource clock) {
        this.clock = clock;
    }

    /** Each write shows only after so many calls that met the role, or listed it, were answered from before it. */
    public void lag(int reads) {
        this.reads = reads;
    }

    /** Each write shows only after so much time of the given clock. */
    public void lag(Duration time) {
        this.time = time;
    }

    /** From now on writes show at once. */
    public void immediate() {
        reads = 0;
        time = Duration.ZERO;
    }

    History history() {
        return new History(clock);
    }

    int reads() {
        return reads;
    }

    Duration time() {
        return time;
    }
}
