package dev.irsa.core.failure;

/**
 * Carries a failure from an edge to the reconcile. It has no stack trace, because it stands for an expected answer that its
 * message describes.
 */
public final class FailureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    /** Creates an exception for this failure; {@code cause} is what the client library threw. */
    public FailureException(Failure failure, Throwable cause) {
        super(failure.message(), cause, false, false);
        this.failure = failure;
    }

    /** Creates an exception for a failure that the operator detected itself. */
    public FailureException(Failure failure) {
        super(failure.message(), null, false, false);
        this.failure = failure;
    }

    /** Returns an exception for an answer of IAM that cannot be trusted yet. The reconcile is retried soon. */
    public static FailureException reconciling(String message) {
        return new FailureException(new Failure.Passing(Reason.Reconciling, message));
    }

    /** Returns the failure. */
    public Failure failure() {
        return failure;
    }
}
