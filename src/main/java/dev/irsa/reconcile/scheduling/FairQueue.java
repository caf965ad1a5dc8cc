package dev.irsa.reconcile.scheduling;

import dev.irsa.port.ResourceRef;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/** A queue of resources whose namespaces take turns, so that none waits behind thousands of resources of another. */
final class FairQueue {
    private final SequencedMap<String, SequencedSet<ResourceRef>> byNamespace = new LinkedHashMap<>();

    boolean isEmpty() {
        return byNamespace.isEmpty();
    }

    /** Adds a resource behind those of its namespace. One that waits already keeps its place. */
    void add(ResourceRef resource) {
        byNamespace
                .computeIfAbsent(resource.namespace(), _ -> new LinkedHashSet<>())
                .add(resource);
    }

    void remove(ResourceRef resource) {
        SequencedSet<ResourceRef> waiting = byNamespace.get(resource.namespace());
        if (waiting != null && waiting.remove(resource) && waiting.isEmpty()) {
            byNamespace.remove(resource.namespace());
        }
    }

    /** Removes and returns the first resource of the namespace whose turn it is. */
    Optional<ResourceRef> poll() {
        var turn = byNamespace.pollFirstEntry();
        if (turn == null) {
            return Optional.empty();
        }
        ResourceRef first = turn.getValue().removeFirst();
        if (!turn.getValue().isEmpty()) {
            byNamespace.putLast(turn.getKey(), turn.getValue());
        }
        return Optional.of(first);
    }
}
