package dev.irsa.aws;

import java.util.Optional;
import java.util.function.Supplier;

/** Creates a client when it is first used. An operator that never uses it does not load its classes. */
public final class LazyClient<C extends AutoCloseable> implements Supplier<C> {
    private final Supplier<C> create;
    private Optional<C> client = Optional.empty();

    LazyClient(Supplier<C> create) {
        this.create = create;
    }

    /** Returns the client. A failed creation is repeated by the next call. */
    @Override
    public synchronized C get() {
        C existing = client.orElseGet(create);
        client = Optional.of(existing);
        return existing;
    }

    /** Returns the client if it was used. */
    synchronized Optional<C> ifUsed() {
        return client;
    }
}
