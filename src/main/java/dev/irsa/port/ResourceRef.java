package dev.irsa.port;

import dev.irsa.api.v1beta1.IamServiceAccount;
import io.fabric8.kubernetes.api.model.ObjectMeta;

/** Identifies one IamServiceAccount; a later resource of the same name has another UID. */
public record ResourceRef(String namespace, String name, String uid) {
    /** Returns the reference to this resource. */
    public static ResourceRef of(IamServiceAccount resource) {
        ObjectMeta metadata = resource.getMetadata();
        return new ResourceRef(metadata.getNamespace(), metadata.getName(), metadata.getUid());
    }
}
