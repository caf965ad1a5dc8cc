package dev.irsa.fake;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * How long IAM takes to tell everybody what was written. Without a lag, which is how it starts, everyone sees it at
 * once. A lag holds for what is written after it was set: creations, updates and deletions alike.
 */
public final class Consistency {
    private final InstantSource clock;
    private volatile int reads;
    private volatile Duration time = Duration.ZERO;
    private volatile Optional<IntUnaryOperator> flicker = Optional.empty();

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

    /**
     * While a write spreads each call may show what was before it or after it, whatever the last has shown.
     *
     * @param choose one of so many states; 0 is the oldest
     */
    public void flicker(IntUnaryOperator choose) {
        flicker = Optional.of(choose);
    }

    Optional<IntUnaryOperator> flicker() {
        return flicker;
    }

    /** From now on writes show at once. */
    public void immediate() {
        reads = 0;
        time = Duration.ZERO;
    }

    History history() {
        return new History(clock, this);
    }

    int reads() {
        return reads;
    }

    Duration time() {
        return time;
    }
}
