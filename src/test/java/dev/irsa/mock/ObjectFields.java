package dev.irsa.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The fields of an object that can be owned. Lists are atomic, as generated definitions leave them, but for the two of
 * metadata that have members: finalizers, a set, and ownerReferences, with the UID as key. What the server itself writes
 * into metadata is nobody's.
 *
 * @param leaves values by path
 * @param containers paths of the objects and lists around them
 */
record ObjectFields(Map<FieldPath, JsonNode> leaves, Set<FieldPath> containers) {
    private static final FieldPath METADATA = FieldPath.of("metadata");
    private static final FieldPath STATUS = FieldPath.of("status");
    private static final FieldPath FINALIZERS = FieldPath.of("metadata", "finalizers");
    private static final FieldPath OWNERS = FieldPath.of("metadata", "ownerReferences");

    static ObjectFields of(JsonNode object) {
        Map<FieldPath, JsonNode> all = new HashMap<>();
        collect(FieldPath.ROOT, object, all);
        Map<FieldPath, JsonNode> leaves = new HashMap<>(all);
        leaves.values().removeIf(JsonNode::isMissingNode);
        all.keySet().removeAll(leaves.keySet());
        return new ObjectFields(Map.copyOf(leaves), Set.copyOf(all.keySet()));
    }

    /** Containers are collected as missing nodes. */
    private static void collect(FieldPath at, JsonNode node, Map<FieldPath, JsonNode> into) {
        if (isOfTheServer(at)) {
            return;
        }
        boolean inside = !at.equals(FieldPath.ROOT) && !at.equals(METADATA);
        if (node.isObject() && !node.isEmpty()) {
            if (inside) {
                into.put(at, MissingNode.getInstance());
            }
            node.properties().forEach(field -> collect(at.field(field.getKey()), field.getValue(), into));
        } else if (at.equals(FINALIZERS) || at.equals(OWNERS)) {
            into.put(at, MissingNode.getInstance());
            node.forEach(item -> into.put(at.child(element(at, item)), item));
        } else if (inside) {
            into.put(at, node);
        }
    }

    private static String element(FieldPath list, JsonNode item) {
        return list.equals(FINALIZERS) ? "v:" + item : "k:{\"uid\":%s}".formatted(uid(item));
    }

    private static JsonNode uid(JsonNode owner) {
        return owner.has("uid") ? owner.path("uid") : TextNode.valueOf("");
    }

    private static boolean isOfTheServer(FieldPath path) {
        return path.equals(FieldPath.of("apiVersion"))
                || path.equals(FieldPath.of("kind"))
                || (path.elements().size() == 2
                        && path.isIn(METADATA)
                        && ServerMetadata.FIELDS.contains(FieldPath.name(path.last())));
    }

    /** Only what may be written there: status by its subresource, all else by the object itself. */
    ObjectFields writableAt(ResourcePath at) {
        if (!at.type().statusSubresource()) {
            return this;
        }
        Predicate<FieldPath> writable = path -> path.isIn(STATUS) == at.isStatus();
        Map<FieldPath, JsonNode> kept = new HashMap<>(leaves);
        kept.keySet().removeIf(Predicate.not(writable));
        return new ObjectFields(
                kept, Set.copyOf(containers.stream().filter(writable).toList()));
    }

    FieldSet leafSet() {
        return FieldSet.of(leaves.keySet());
    }

    private FieldSet all() {
        return leafSet().plus(FieldSet.of(containers));
    }

    /** What is new or has another value than before. */
    FieldSet changedFrom(ObjectFields before) {
        List<FieldPath> modified = leaves.entrySet().stream()
                .filter(leaf -> !leaf.getValue().equals(before.leaves.get(leaf.getKey())))
                .map(Map.Entry::getKey)
                .toList();
        return FieldSet.of(modified).plus(all().minus(before.all()));
    }

    FieldSet removedFrom(ObjectFields before) {
        return before.all().minus(all());
    }
}
