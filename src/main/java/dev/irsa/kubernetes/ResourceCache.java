package dev.irsa.kubernetes;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import java.util.List;

/** The IamServiceAccounts of the watched namespaces, as a watch keeps them. */
public interface ResourceCache {
    /** Those of a namespace that name this ServiceAccount. */
    List<IamServiceAccount> claimants(String namespace, String serviceAccount);

    /** Whether there is one of that name. */
    boolean shows(String namespace, String name);
}
