package dev.irsa.kubernetes;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The cached ServiceAccounts of the watched namespaces. */
public interface ServiceAccountCache {
    /** Returns a ServiceAccount as last observed or written. */
    Optional<ServiceAccount> get(String namespace, String name);

    /**
     * Writes a ServiceAccount. The next {@link #get} returns the result, and the watch does not report it as an event.
     *
     * @param before what is written
     * @param write makes the call and returns the response of the API server
     */
    void write(ServiceAccount before, UnaryOperator<ServiceAccount> write);
}
