package dev.irsa.kubectl.port;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.core.failure.FailureException;
import java.util.List;
import java.util.Optional;

/** Reads IamServiceAccounts from the API server. Every method throws {@link FailureException} when the API server rejects the call. */
@FunctionalInterface
public interface IamServiceAccountReads {
    /**
     * Returns the resources of a namespace, or of all namespaces if none is given. Without the CustomResourceDefinition there
     * are none.
     */
    List<IamServiceAccount> list(Optional<String> namespace);
}
