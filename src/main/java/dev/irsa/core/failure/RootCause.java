package dev.irsa.core.failure;

import java.util.Objects;

/** What an exception of a client library was thrown for in the end. */
public final class RootCause {
    private RootCause() {}

    /** Its root cause, in words: kind and message. */
    public static String of(Throwable thrown) {
        Throwable root = thrown;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            root = cause;
        }
        String message = Objects.requireNonNullElse(root.getMessage(), "");
        return root.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message);
    }
}
