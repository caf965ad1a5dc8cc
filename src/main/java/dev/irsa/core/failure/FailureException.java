package dev.irsa.core.failure;

/**
 * Carries a failure from an edge to the reconcile. It has no stack trace: it stands for an answer that was
 * foreseen, and is told by its message.
 */
public final class FailureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    /** An exception for this failure; {@code cause} is what the client library threw. */
    public FailureException(Failure failure, Throwable cause) {
        super(failure.message(), cause, false, false);
        this.failure = failure;
    }

    /** An exception for a failure that we found ourselves. */
    public FailureException(Failure failure) {
        super(failure.message(), null, false, false);
        this.failure = failure;
    }

    /** Returns an exception for an answer of IAM that cannot be trusted yet. The reconcile is retried soon. */
    public static FailureException reconciling(String message) {
        return new FailureException(new Failure.Passing(Reason.Reconciling, message));
    }

    /** What went wrong. */
    public Failure failure() {
        return failure;
    }
}
