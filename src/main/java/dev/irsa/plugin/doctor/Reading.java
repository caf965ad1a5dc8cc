package dev.irsa.plugin.doctor;

import dev.irsa.core.diagnosis.Evidence;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import java.util.function.Supplier;

/** Turns a read into evidence. */
public final class Reading {
    private Reading() {}

    /** Makes the read. A failure becomes evidence that is missing, with its reason. */
    public static <T> Evidence<T> of(Supplier<T> read) {
        try {
            return Evidence.of(read.get());
        } catch (FailureException e) {
            return Evidence.unreadable(reason(e.failure()));
        }
    }

    /** Returns why a read failed, for the user of the command. Messages of failures are for users of the operator. */
    public static String reason(Failure failure) {
        if (failure instanceof Failure.AccessDenied(String action, var _)) {
            return "your permission " + action + " is missing";
        }
        return switch (failure.reason()) {
            case CredentialsUnavailable -> "no valid AWS credentials; run: aws sts get-caller-identity";
            case Throttled -> "AWS is throttling calls; try again later";
            default -> failure.message().replace("the operator's", "your");
        };
    }
}
