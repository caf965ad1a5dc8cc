package dev.irsa.mock;

/**
 * Asked before each request, on the server's own thread: one that waits also holds up other connections of that thread,
 * so {@link Fault.Late} is the way to be slow.
 */
@FunctionalInterface
public interface Interceptor {
    /** What shall go wrong with this request. */
    Fault before(ApiRequest request);
}
