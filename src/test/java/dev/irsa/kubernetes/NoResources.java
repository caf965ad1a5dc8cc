package dev.irsa.kubernetes;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import java.util.List;

/** A cluster in which nobody has asked for a role. */
final class NoResources implements ResourceCache {
    @Override
    public List<IamServiceAccount> claimants(String namespace, String serviceAccount) {
        return List.of();
    }

    @Override
    public boolean shows(String namespace, String name) {
        return false;
    }
}
