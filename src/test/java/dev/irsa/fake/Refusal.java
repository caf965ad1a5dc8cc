package dev.irsa.fake;

import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.iam.model.IamException;

/**
 * An error that IAM answers with.
 *
 * @param code empty for an answer without a body, as a proxy gives
 * @param status of HTTP
 */
public record Refusal(Optional<String> code, int status, String message) implements Supplier<IamException> {

    public static Refusal of(String code, int status, String message) {
        return new Refusal(Optional.of(code), status, message);
    }

    /** Too many calls. */
    public static Refusal throttling() {
        return of("Throttling", 400, "Rate exceeded");
    }

    /** IAM has a bad day. */
    public static Refusal serviceFailure() {
        return of("ServiceFailure", 500, "The request processing has failed because of an unknown error.");
    }

    /** A status and nothing else. */
    public static Refusal withoutBody(int status) {
        return new Refusal(Optional.empty(), status, "");
    }

    @Override
    public IamException get() {
        return code.map(known -> IamErrors.of(known, status, message)).orElseGet(() -> IamErrors.withoutBody(status));
    }
}
