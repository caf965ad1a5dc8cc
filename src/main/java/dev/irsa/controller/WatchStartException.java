package dev.irsa.controller;

/** Reports that the watches on the API server cannot be started. The message includes the cause. */
public final class WatchStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WatchStartException(Throwable cause) {
        super("cannot start the watches on the API server: " + cause.getMessage(), cause);
    }
}
