package dev.irsa.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Builds merge patches of metadata (RFC 7386). A null removes a key, and a list is replaced as a whole. */
final class MetadataPatch {
    private MetadataPatch() {}

    /**
     * Returns a patch that sets the given annotations and removes the obsolete ones. It fails unless the object has the
     * given UID and, if set, the given resourceVersion. Owner references, if any, replace those of the object.
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
