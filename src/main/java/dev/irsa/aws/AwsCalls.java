package dev.irsa.aws;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.permissions.AwsAction;
import dev.irsa.port.Gate;
import dev.irsa.port.Gate.OutsideCall;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** Makes calls to AWS through the gate and turns what they throw into failures. */
final class AwsCalls {
    private final Gate gate;

    AwsCalls(Gate gate) {
        this.gate = gate;
    }

    /**
     * Makes one call.
     *
     * @param action the call
     * @param subject what it is about: a role, a cluster
     */
    <T> T make(AwsAction action, String subject, Supplier<T> call) {
        return gate.pass(new OutsideCall(action.id(), subject), () -> {
            try {
                return call.get();
            } catch (SdkException | UncheckedIOException e) {
                throw new FailureException(AwsFailures.of(action.id(), subject, e), e);
            } catch (IllegalArgumentException e) {
                if (String.valueOf(e.getMessage()).contains("header value")) {
                    // The JDK quotes what it does not send, and that are credentials: nobody is to see the cause.
                    throw new FailureException(new Failure.Passing(
                            Reason.CredentialsUnavailable,
                            "the operator's AWS credentials hold a line end or another character that cannot be sent"));
                }
                throw e;
            }
        });
    }

    /** A part that every whole answer has. */
    static <T> T part(@Nullable T part, AwsAction action) {
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
        return new FailureException(new Failure.Passing(
                Reason.AwsUnavailable, "AWS answered " + action + " with something that cannot be read"));
    }
}
