package dev.irsa.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The part of the controller manager that the operator relies on, done within the request that gives rise to it: objects
 * go after the last of their owners, and namespaces after what is in them.
 */
final class GarbageCollector {
    private final ObjectStore store;
    private final BiConsumer<ObjectKey, ObjectNode> delete;

    /** @param delete removes an object or marks it as being deleted */
    GarbageCollector(ObjectStore store, BiConsumer<ObjectKey, ObjectNode> delete) {
        this.store = store;
        this.delete = delete;
    }

    /** Goes on until there is nothing more to do. */
    void collect() {
        long before;
        do {
            before = store.revision();
            orphans();
            terminatingNamespaces();
        } while (store.revision() != before);
    }

    private void orphans() {
        Map<ObjectKey, ObjectNode> owned = store.all();
        owned.values().removeIf(object -> owners(object).isEmpty());
        if (owned.isEmpty()) {
            return;
        }
        Set<String> alive = new HashSet<>();
        store.all().values().forEach(object -> alive.add(ServerMetadata.uid(object)));
        owned.forEach((key, object) -> collect(key, object, alive));
    }

    private void collect(ObjectKey key, ObjectNode object, Set<String> alive) {
        ArrayNode remaining = object.arrayNode();
        owners(object).forEach(owner -> {
            if (alive.contains(owner.path("uid").asText())) {
                remaining.add(owner);
            }
        });
        if (remaining.isEmpty()) {
            delete.accept(key, object);
        } else if (remaining.size() < owners(object).size()) {
            ObjectNode next = object.deepCopy();
            ServerMetadata.of(next).set("ownerReferences", remaining);
            store.put(key, next);
        }
    }

    private static JsonNode owners(ObjectNode object) {
        return object.path("metadata").path("ownerReferences");
    }

    private void terminatingNamespaces() {
        Map<ObjectKey, ObjectNode> namespaces = store.all();
        namespaces.keySet().removeIf(key -> !key.resource().equals(ResourceTypes.NAMESPACES.resource()));
        namespaces.values().removeIf(namespace -> !ServerMetadata.isBeingDeleted(namespace));
        namespaces.keySet().forEach(this::empty);
    }

    private void empty(ObjectKey namespace) {
        Map<ObjectKey, ObjectNode> content = store.all();
        content.keySet().removeIf(key -> !key.namespace().equals(namespace.name()));
        content.forEach(delete);
        if (content.isEmpty()) {
            store.remove(namespace);
        }
    }
}
