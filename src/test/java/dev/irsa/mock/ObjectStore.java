package dev.irsa.mock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** All objects, their revisions and who watches them. Whoever uses it holds its monitor for the whole of a request. */
final class ObjectStore {
    /** A watch that begins before these is told to list again, as after etcd's compaction. */
    private static final int HISTORY = 10_000;

    private final NavigableMap<ObjectKey, ObjectNode> objects = new TreeMap<>();
    private final Deque<ObjectChange> history = new ArrayDeque<>();
    private final List<Consumer<ObjectChange>> watchers = new ArrayList<>();
    private long revision = 1;

    long revision() {
        return revision;
    }

    /** The object as it is kept: not to be changed. */
    Optional<ObjectNode> find(ObjectKey key) {
        return Optional.ofNullable(objects.get(key));
    }

    List<ObjectNode> list(ResourcePath collection) {
        return objects.entrySet().stream()
                .filter(entry -> collection.covers(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    NavigableMap<ObjectKey, ObjectNode> all() {
        return new TreeMap<>(objects);
    }

    /** Keeps an object under the next revision. */
    ObjectNode put(ObjectKey key, ObjectNode object) {
        revision++;
        ServerMetadata.of(object).put("resourceVersion", Long.toString(revision));
        Optional<ObjectNode> before = Optional.ofNullable(objects.put(key, object));
        tell(new ObjectChange(revision, key, before, Optional.of(object)));
        return object;
    }

    void remove(ObjectKey key) {
        Optional.ofNullable(objects.remove(key)).ifPresent(gone -> {
            revision++;
            tell(new ObjectChange(revision, key, Optional.of(gone), Optional.empty()));
        });
    }

    private void tell(ObjectChange change) {
        history.addLast(change);
        if (history.size() > HISTORY) {
            history.removeFirst();
        }
        List.copyOf(watchers).forEach(watcher -> watcher.accept(change));
    }

    /** Tells a watcher all that happened since, and then all that happens. */
    void watchSince(long since, Consumer<ObjectChange> watcher) {
        boolean forgotten = history.size() == HISTORY && history.getFirst().revision() > since + 1;
        if (forgotten) {
            throw ApiError.expired(since);
        }
        history.stream().filter(change -> change.revision() > since).forEach(watcher);
        watchers.add(watcher);
    }

    void unwatch(Consumer<ObjectChange> watcher) {
        watchers.remove(watcher);
    }
}
