package dev.irsa.kubectl.output;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.text.PlainText;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Explains to a user why a read failed, and what to do. The messages of failures are about the operator and its credentials;
 * these are about those of the user.
 */
public final class UserMessage {
    private UserMessage() {}

    /**
     * Makes a read that a command can do without. Returns empty if it fails.
     *
     * @param consequence begins the warning
     */
    public static <T> Optional<T> unlessFailed(String consequence, Supplier<T> read, Consumer<String> warn) {
        try {
            return Optional.of(read.get());
        } catch (FailureException e) {
            warn.accept(consequence + ": " + of(e.failure()));
            return Optional.empty();
        }
    }

    /** Returns the message in one line. */
    public static String of(Failure failure) {
        return PlainText.of(text(failure));
    }

    private static String text(Failure failure) {
        return switch (failure) {
            case Failure.AccessDenied(String action, String detail) ->
                "you do not have the permission " + action + ": " + detail;
            case Failure.Passing(Reason reason, var _)
            when reason == Reason.CredentialsUnavailable ->
                "your AWS credentials are missing, expired, or not valid; sign in and set AWS_PROFILE, or run: eval"
                        + " \"$(aws configure export-credentials --format env)\"";
            default -> failure.message().replace("the operator's", "your");
        };
    }
}
