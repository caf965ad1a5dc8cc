package dev.irsa.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.util.List;
import java.util.Map;

/** Creates metadata without the unused fields. The client's own class creates nine empty collections per object. */
final class SlimMetadata {
    private SlimMetadata() {}

    static ObjectMeta empty() {
        ObjectMeta metadata = new ObjectMeta();
        metadata.setAdditionalProperties(Map.of());
        metadata.setAnnotations(Map.of());
        metadata.setFinalizers(List.of());
        metadata.setLabels(Map.of());
        metadata.setManagedFields(List.of());
        metadata.setOwnerReferences(List.of());
        return metadata;
    }

    /** Returns namespace, name, UID and resource version. */
    static ObjectMeta identity(ObjectMeta full) {
        ObjectMeta metadata = empty();
        // Interned, because every object of a namespace repeats its name.
        metadata.setNamespace(
                full.getNamespace() == null ? null : full.getNamespace().intern());
        metadata.setName(full.getName());
        metadata.setUid(full.getUid());
        metadata.setResourceVersion(full.getResourceVersion());
        return metadata;
    }

    /** Returns the same reference. Its texts are interned that all references to resources share. */
    static OwnerReference owner(OwnerReference full) {
        OwnerReference owner = new OwnerReference(
                full.getApiVersion().intern(),
                full.getBlockOwnerDeletion(),
                full.getController(),
                full.getKind().intern(),
                full.getName(),
                full.getUid());
        owner.setAdditionalProperties(Map.of());
        return owner;
    }

    static ServiceAccount account(ObjectMeta metadata) {
        ServiceAccount account = new ServiceAccount();
        account.setMetadata(metadata);
        account.setAdditionalProperties(Map.of());
        account.setImagePullSecrets(List.of());
        account.setSecrets(List.of());
        return account;
    }
}
