package dev.irsa.kubernetes;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import java.util.List;

/** The cached IamServiceAccounts of the watched namespaces. */
public interface ResourceCache {
    /** Returns the resources of a namespace that name this ServiceAccount. */
    List<IamServiceAccount> claimants(String namespace, String serviceAccount);

    /** Returns whether the cache has a resource of that name. */
    boolean isCached(String namespace, String name);
}
