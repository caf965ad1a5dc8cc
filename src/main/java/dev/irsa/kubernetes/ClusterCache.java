package dev.irsa.kubernetes;

import dev.irsa.api.v1beta1.IamServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The cached ServiceAccounts and IamServiceAccounts of the watched namespaces. */
public interface ClusterCache {
    /** Returns a ServiceAccount as last observed or written. */
    Optional<ServiceAccount> serviceAccount(String namespace, String name);

    /**
     * Writes a ServiceAccount. The next {@link #serviceAccount} returns the result, and the watch does not report it as
     * an event.
     *
     * @param before what is written
     * @param write makes the call and returns the response of the API server
     */
    void write(ServiceAccount before, UnaryOperator<ServiceAccount> write);

    /** Returns the resources of a namespace that name this ServiceAccount. */
    List<IamServiceAccount> claimants(String namespace, String serviceAccount);

    /** Returns the resource of that name. */
    Optional<IamServiceAccount> resource(String namespace, String name);
}
