package dev.irsa.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/** The part of metadata that only the server writes. */
final class ServerMetadata {
    static final Set<String> FIELDS = Set.of(
            "name",
            "generateName",
            "namespace",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "selfLink",
            "managedFields");

    private ServerMetadata() {}

    static ObjectNode of(ObjectNode object) {
        return object.withObjectProperty("metadata");
    }

    /** Gives {@code to} what the server wrote into {@code from}, whatever stood there. */
    static void copy(ObjectNode from, ObjectNode to) {
        ObjectNode metadata = of(to);
        metadata.remove(FIELDS);
        of(from).properties().stream()
                .filter(field -> FIELDS.contains(field.getKey()))
                .forEach(field -> metadata.set(field.getKey(), field.getValue().deepCopy()));
    }

    /** Kubernetes keeps no empty maps and lists in metadata. */
    static void dropEmpty(ObjectNode object) {
        ObjectNode metadata = of(object);
        metadata.remove(metadata.properties().stream()
                .filter(field -> field.getValue().isNull() || isEmptyContainer(field.getValue()))
                .map(Map.Entry::getKey)
                .toList());
    }

    private static boolean isEmptyContainer(JsonNode value) {
        return value.isContainerNode() && value.isEmpty();
    }

    static boolean isBeingDeleted(JsonNode object) {
        return object.path("metadata").has("deletionTimestamp");
    }

    static JsonNode finalizers(JsonNode object) {
        return object.path("metadata").path("finalizers");
    }

    static String uid(JsonNode object) {
        return object.path("metadata").path("uid").asText();
    }
}
