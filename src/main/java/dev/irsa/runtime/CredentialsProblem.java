package dev.irsa.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Says why a profile has no credentials. Many messages may quote credentials: those of STS, of the HTTP client about a header that is
 * not valid, and of a parser about the output of a program. So only messages that are known not to do so are used.
 */
final class CredentialsProblem {
    private static final List<String> HARMLESS =
            List.of("Command returned non-zero exit value", "Profile property '", "Invalid profile file:");

    /** Causes can form a loop. */
    private static final int MAX_CAUSES = 20;

    private CredentialsProblem() {}

    /** Returns the code of the error of AWS, or else what the root cause is. */
    static String of(RuntimeException failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && causes.size() < MAX_CAUSES; cause = cause.getCause()) {
            causes.add(cause);
        }
        Throwable root = causes.getLast();
        String type = root.getClass().getSimpleName();
        return causes.stream()
                .flatMap(cause -> errorCode(cause).stream())
                .findFirst()
                .or(() -> causes.stream()
                        .flatMap(cause -> missingProgram(cause).stream())
                        .findFirst())
                .orElseGet(() -> Optional.ofNullable(root.getMessage())
                        .filter(message -> isHarmless(root, message))
                        .map(message -> type + ": " + message)
                        .orElse(type));
    }

    private static Optional<String> errorCode(Throwable cause) {
        return cause instanceof AwsServiceException response && response.awsErrorDetails() != null
                ? Optional.ofNullable(response.awsErrorDetails().errorCode())
                : Optional.empty();
    }

    /** Only the outer one of two exceptions names the program. */
    private static Optional<String> missingProgram(Throwable cause) {
        return Optional.ofNullable(cause.getMessage()).filter(message -> message.startsWith("Cannot run program "));
    }

    /** The exceptions of the parser in the SDK are IOExceptions too. */
    private static boolean isHarmless(Throwable root, String message) {
        return root instanceof SdkClientException
                || (root instanceof IOException && root.getClass().getName().startsWith("java."))
                || HARMLESS.stream().anyMatch(message::startsWith);
    }
}
