package dev.irsa.kubectl.diagnosis;

import java.util.Optional;
import java.util.function.Function;

/** What a read returned, or why it returned nothing. */
public sealed interface Evidence<T> {
    record Known<T>(T value) implements Evidence<T> {}

    /**
     * A read that was not possible.
     *
     * @param reason such as the missing permission
     */
    record Unreadable<T>(String reason) implements Evidence<T> {}

    static <T> Evidence<T> of(T value) {
        return new Known<>(value);
    }

    static <T> Evidence<T> unreadable(String reason) {
        return new Unreadable<>(reason);
    }

    /** Returns the value; empty if it could not be read. */
    default Optional<T> known() {
        return switch (this) {
            case Known<T>(T value) -> Optional.of(value);
            case Unreadable<T> _ -> Optional.empty();
        };
    }

    /** Returns what a further read returns, given this value; without this value, the further read is not made. */
    default <R> Evidence<R> then(Function<T, Evidence<R>> next) {
        return switch (this) {
            case Known<T>(T value) -> next.apply(value);
            case Unreadable<T>(String reason) -> new Unreadable<>(reason);
        };
    }

    /** Returns the result of a check of this value. What could not be read is not checked. */
    default Result check(Function<T, Result> check) {
        return switch (this) {
            case Known<T>(T value) -> check.apply(value);
            case Unreadable<T>(String reason) -> Result.notChecked(reason);
        };
    }
}
