package dev.irsa.kubectl.doctor;

import dev.irsa.core.failure.FailureException;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.output.UserMessage;
import java.util.function.Supplier;

/** Turns a read into evidence. */
public final class Reading {
    private Reading() {}

    /** Makes the read. A failure becomes evidence that is missing, with its reason. */
    public static <T> Evidence<T> of(Supplier<T> read) {
        try {
            return Evidence.of(read.get());
        } catch (FailureException e) {
            return Evidence.unreadable(UserMessage.of(e.failure()));
        }
    }
}
