package dev.irsa.kubectl.connection;

import dev.irsa.core.desired.CallerIdentity;
import java.util.Optional;
import java.util.function.Supplier;

/** The identity that some credentials have, which is read once. A failed read is repeated by the next call. */
final class Caller implements Supplier<CallerIdentity> {
    private final Supplier<CallerIdentity> read;
    private Optional<CallerIdentity> known = Optional.empty();

    Caller(Supplier<CallerIdentity> read) {
        this.read = read;
    }

    @Override
    public synchronized CallerIdentity get() {
        CallerIdentity identity = known.orElseGet(read);
        known = Optional.of(identity);
        return identity;
    }
}
