package dev.irsa.kubectl.output;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.text.PlainText;

/**
 * Explains to a user why a read failed, and what to do. The messages of failures are about the operator and its credentials;
 * these are about those of the user.
 */
public final class UserMessage {
    private UserMessage() {}

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
