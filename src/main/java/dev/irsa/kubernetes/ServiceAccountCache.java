package dev.irsa.kubernetes;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The ServiceAccounts of the watched namespaces, as a watch keeps them. */
public interface ServiceAccountCache {
    /** One of them, as last seen or written. */
    Optional<ServiceAccount> get(String namespace, String name);

    /**
     * Writes one, so that the next {@link #get} shows what was written and the watch does not tell us of it again.
     *
     * @param before what is written
     * @param write makes the call and answers what the API server answered
     */
    void write(ServiceAccount before, UnaryOperator<ServiceAccount> write);
}
