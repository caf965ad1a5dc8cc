package dev.irsa.aws;

import dev.irsa.aws.Paginator.Page;
import dev.irsa.core.failure.AwsFailure;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.permissions.AwsAction;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.CallInterceptor.ExternalCall;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** Calls AWS through the interceptor and converts exceptions of the SDK into failures. */
public record AwsCalls(CallInterceptor interceptor) {
    /**
     * Makes one call and returns its response.
     *
     * @param action the IAM action
     * @param subject the name of what the call concerns, such as a role or a cluster
     * @throws FailureException when AWS rejects the call or returns no usable response
     */
    public <T> T make(AwsAction action, String subject, Supplier<T> call) {
        return make(action.id(), subject, call);
    }

    /** Makes a call as {@link #make} does; returns empty if AWS answers that the subject does not exist. */
    public <T> Optional<T> find(AwsAction action, String subject, Supplier<T> call) {
        try {
            return Optional.of(make(action, subject, call));
        } catch (FailureException e) {
            if (e.failure() instanceof AwsFailure.NotFound) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Returns a function that makes the call for the page at a marker, for {@link Paginator}.
     *
     * @param request makes one call; its marker is null for the first page
     * @param page extracts the page from a response
     */
    <R, T> Function<@Nullable String, Page<T>> pages(
            AwsAction action, String subject, Function<@Nullable String, R> request, Function<R, Page<T>> page) {
        return marker -> page.apply(make(action, subject, () -> request.apply(marker)));
    }

    /** Makes a call that the operator never makes, but a command for users does. */
    public <T> T make(String action, String subject, Supplier<T> call) {
        return interceptor.intercept(new ExternalCall(action, subject), () -> {
            try {
                return call.get();
            } catch (SdkException | UncheckedIOException e) {
                throw new FailureException(AwsExceptionTranslator.of(action, subject, e), e);
            } catch (IllegalArgumentException e) {
                if (String.valueOf(e.getMessage()).contains("header value")) {
                    // The JDK's message quotes the header, which contains credentials. The cause must not be logged.
                    throw new FailureException(new Failure.Passing(
                            Reason.CredentialsUnavailable,
                            "the operator's AWS credentials contain a line break or another invalid character; replace"
                                    + " the credentials"));
                }
                throw e;
            }
        });
    }

    /** Returns a part that every complete response has; throws a failure when it is missing. */
    public static <T> T part(@Nullable T part, AwsAction action) {
        if (part == null) {
            throw unreadable(action);
        }
        return part;
    }

    static FailureException stopping(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new FailureException(new Failure.Passing(Reason.Reconciling, "the operator is stopping"), e);
    }

    static FailureException unreadable(AwsAction action) {
        return unreadable(action.id());
    }

    /** Returns the failure of a call whose response cannot be read. */
    public static FailureException unreadable(String action) {
        return new FailureException(
                new Failure.Passing(Reason.AwsUnavailable, "AWS returned an unreadable response to " + action));
    }
}
