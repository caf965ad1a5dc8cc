package dev.irsa.runtime;

import dev.irsa.core.failure.FailureException;
import dev.irsa.port.CallInterceptor;
import java.util.function.Supplier;

/** Lets calls pass until the connection ends, so that two versions of an account never change the same role. */
public final class ConnectionGate implements CallInterceptor {
    private volatile boolean closed;

    /** Lets no further call begin. */
    public void close() {
        closed = true;
    }

    @Override
    public <T> T intercept(ExternalCall call, Supplier<T> work) {
        if (closed) {
            throw FailureException.reconciling("the IamAccount has changed; no action needed");
        }
        return work.get();
    }
}
