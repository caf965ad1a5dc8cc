package dev.irsa.core.failure;

import java.util.Objects;

/** Finds the root cause of an exception. */
public final class RootCause {
    private RootCause() {}

    /** Returns the type and the message of the root cause. */
    public static String of(Throwable thrown) {
        Throwable root = thrown;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            root = cause;
        }
        String message = Objects.requireNonNullElse(root.getMessage(), "");
        return root.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message);
    }
}
