package dev.irsa.kubectl.plan;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import java.util.Optional;
import java.util.function.Supplier;

/** Remembers why a service could not be read. A reconcile would report that as a problem of the operator, and not of the user. */
final class ReadCheck {
    private Optional<Failure> failure = Optional.empty();

    /** Returns why a read failed since the last {@link #reset}. */
    Optional<Failure> failure() {
        return failure;
    }

    void reset() {
        failure = Optional.empty();
    }

    <T> T check(Supplier<T> read) {
        try {
            return read.get();
        } catch (FailureException e) {
            failure = Optional.of(e.failure());
            throw e;
        }
    }
}
