package dev.irsa.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** What the server checks and adds when an object is created or changed. Schemas are used for their defaults only. */
final class Admission {
    private Admission() {}

    /** A new object with the server's part of metadata, and without status where that is written apart. */
    static ObjectNode newObject(ResourcePath at, ObjectNode sent, String now) {
        ObjectNode object = sent.deepCopy();
        object.put("apiVersion", at.type().apiVersion());
        object.put("kind", at.type().kind());
        ObjectNode metadata = ServerMetadata.of(object);
        metadata.remove(ServerMetadata.FIELDS);
        metadata.put("name", at.name());
        if (at.type().namespaced()) {
            metadata.put("namespace", at.namespace());
        }
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put("creationTimestamp", now);
        if (at.type().custom()) {
            metadata.put("generation", 1);
        }
        if (at.type().statusSubresource()) {
            object.remove("status");
        }
        if (at.type().equals(ResourceTypes.NAMESPACES)) {
            metadata.withObjectProperty("labels").put("kubernetes.io/metadata.name", at.name());
            object.withObjectProperty("status").put("phase", "Active");
        }
        return settled(at, object);
    }

    /** The name in the object, or one made from its generateName. */
    static String nameOf(ObjectNode sent, Random random) {
        JsonNode metadata = sent.path("metadata");
        return metadata.hasNonNull("name")
                ? metadata.path("name").asText()
                : metadata.path("generateName").asText() + Integer.toString(random.nextInt(1 << 24, 1 << 25), 36);
    }

    /** The live object with that which may be written there. */
    static ObjectNode changed(ResourcePath at, ObjectNode live, ObjectNode sent) {
        ObjectNode next = at.isStatus() ? live.deepCopy() : sent.deepCopy();
        if (at.isStatus()) {
            move("status", sent, next);
        } else if (at.type().statusSubresource()) {
            move("status", live, next);
        }
        next.set("apiVersion", live.path("apiVersion"));
        next.set("kind", live.path("kind"));
        ServerMetadata.copy(live, next);
        return settled(at, next);
    }

    private static void move(String field, ObjectNode from, ObjectNode to) {
        to.remove(field);
        if (from.hasNonNull(field)) {
            to.set(field, from.path(field).deepCopy());
        }
    }

    private static ObjectNode settled(ResourcePath at, ObjectNode object) {
        ServerMetadata.dropEmpty(object);
        SchemaDefaults.fill(at.type().schema(), object);
        return object;
    }

    /** A patch that carries a UID or a resourceVersion means the object that has them. */
    static void checkPatched(ResourcePath at, ObjectNode live, JsonNode sent) {
        checkRevision(at, live, sent);
        String uid = ServerMetadata.uid(sent);
        if (!uid.isEmpty() && !uid.equals(ServerMetadata.uid(live))) {
            throw ApiError.invalid(
                    at,
                    "metadata.uid",
                    "FieldValueInvalid",
                    "Invalid value: \"%s\": field is immutable".formatted(uid));
        }
    }

    static void checkReplaced(ResourcePath at, ObjectNode live, JsonNode sent) {
        String uid = ServerMetadata.uid(sent);
        if (!uid.isEmpty() && !uid.equals(ServerMetadata.uid(live))) {
            throw ApiError.conflict(
                    at,
                    "Precondition failed: UID in precondition: %s, UID in object meta: %s"
                            .formatted(uid, ServerMetadata.uid(live)));
        }
        if (at.type().custom() && !sent.path("metadata").hasNonNull("resourceVersion")) {
            throw ApiError.invalid(
                    at,
                    "metadata.resourceVersion",
                    "FieldValueInvalid",
                    "Invalid value: 0: must be specified for an update");
        }
        checkRevision(at, live, sent);
    }

    private static void checkRevision(ResourcePath at, ObjectNode live, JsonNode sent) {
        String revision = sent.path("metadata").path("resourceVersion").asText();
        if (!revision.isEmpty()
                && !revision.equals("null")
                && !revision.equals(
                        live.path("metadata").path("resourceVersion").asText())) {
            throw ApiError.modified(at);
        }
    }

    /** Finalizers only go while an object is being deleted. */
    static void checkFinalizers(ResourcePath at, ObjectNode live, ObjectNode next) {
        if (!ServerMetadata.isBeingDeleted(live)) {
            return;
        }
        List<String> added = new ArrayList<>();
        ServerMetadata.finalizers(next).forEach(finalizer -> added.add(finalizer.toString()));
        ServerMetadata.finalizers(live).forEach(finalizer -> added.remove(finalizer.toString()));
        if (!added.isEmpty()) {
            throw ApiError.invalid(
                    at,
                    "metadata.finalizers",
                    "FieldValueForbidden",
                    "Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers"
                            + " []string{%s}".formatted(String.join(", ", added)));
        }
    }

    /** Raised when anything but metadata and status changes. */
    static void raiseGeneration(ResourcePath at, ObjectNode live, ObjectNode next) {
        if (at.type().custom() && !desired(live).equals(desired(next))) {
            ObjectNode metadata = ServerMetadata.of(next);
            metadata.put("generation", metadata.path("generation").asLong() + 1);
        }
    }

    private static ObjectNode desired(ObjectNode object) {
        return object.deepCopy().without(List.of("metadata", "status"));
    }
}
