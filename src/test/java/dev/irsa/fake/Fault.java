package dev.irsa.fake;

import java.util.function.Function;
import java.util.function.Predicate;

/** Some calls out of those that match: after the skipped ones, so many. */
final class Fault {
    private final Predicate<Call> matches;
    private final Function<Call, RuntimeException> failure;
    private int skip;
    private int times;

    Fault(Predicate<Call> matches, int skip, int times, Function<Call, RuntimeException> failure) {
        this.matches = matches;
        this.skip = skip;
        this.times = times;
        this.failure = failure;
    }

    Function<Call, RuntimeException> failure() {
        return failure;
    }

    /** Counts the call. */
    boolean isDue(Call call) {
        if (!matches.test(call)) {
            return false;
        }
        if (skip > 0) {
            skip--;
            return false;
        }
        if (times > 0) {
            times--;
            return true;
        }
        return false;
    }
}
