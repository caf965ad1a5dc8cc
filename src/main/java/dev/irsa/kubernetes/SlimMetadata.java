package dev.irsa.kubernetes;

import dev.irsa.core.desired.DesiredServiceAccount;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Metadata without what nobody reads. The client's own makes nine empty collections for every object. */
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

    /** Which object it is, and which state of it. */
    static ObjectMeta identity(ObjectMeta full) {
        ObjectMeta metadata = empty();
        // The names of namespaces come back with every object in them.
        metadata.setNamespace(
                full.getNamespace() == null ? null : full.getNamespace().intern());
        metadata.setName(full.getName());
        metadata.setUid(full.getUid());
        metadata.setResourceVersion(full.getResourceVersion());
        return metadata;
    }

    static ServiceAccount account(ObjectMeta metadata) {
        ServiceAccount account = new ServiceAccount();
        account.setMetadata(metadata);
        account.setAdditionalProperties(Map.of());
        account.setImagePullSecrets(List.of());
        account.setSecrets(List.of());
        return account;
    }

    static Map<String, String> ourAnnotations(ObjectMeta metadata) {
        TreeMap<String, String> ours = new TreeMap<>(Objects.requireNonNullElse(metadata.getAnnotations(), Map.of()));
        ours.keySet().retainAll(DesiredServiceAccount.ANNOTATIONS);
        return Map.copyOf(ours);
    }
}
