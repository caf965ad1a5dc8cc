package dev.irsa.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A merge patch of metadata (RFC 7386): a null removes, and a list is replaced whole. */
final class MetadataPatch {
    private MetadataPatch() {}

    /**
     * Writes the annotations that are given and removes the obsolete ones. The UID, and the resourceVersion if there is
     * one, are what the object must have; owner references, if any, replace those it has.
     */
    static String of(ObjectMeta given, Set<String> obsolete) {
        Map<String, Object> annotations = new LinkedHashMap<>();
        if (given.getAnnotations() != null) {
            annotations.putAll(given.getAnnotations());
        }
        obsolete.forEach(key -> annotations.put(key, null));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("uid", given.getUid());
        metadata.put("annotations", annotations);
        if (given.getResourceVersion() != null) {
            metadata.put("resourceVersion", given.getResourceVersion());
        }
        if (!given.getOwnerReferences().isEmpty()) {
            metadata.put("ownerReferences", given.getOwnerReferences());
        }
        return Serialization.asJson(Map.of("metadata", metadata));
    }
}
