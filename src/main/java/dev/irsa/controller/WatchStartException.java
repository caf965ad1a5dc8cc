package dev.irsa.controller;

/** The watches on the API server could not be started; the message gives the cause. */
public final class WatchStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WatchStartException(Throwable cause) {
        super("cannot start the watches on the API server: " + cause.getMessage(), cause);
    }
}
