package dev.irsa.port;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import io.fabric8.kubernetes.api.model.ObjectMeta;

/**
 * One IamServiceAccount, and no other of that name.
 *
 * @param namespace its namespace
 * @param name its name
 * @param uid its UID
 */
public record ResourceRef(String namespace, String name, String uid) {
    /** Returns the reference to this resource. */
    public static ResourceRef of(IamServiceAccount resource) {
        ObjectMeta metadata = resource.getMetadata();
        return new ResourceRef(metadata.getNamespace(), metadata.getName(), metadata.getUid());
    }
}
