package dev.irsa.mock;

import java.util.Comparator;

/**
 * Where an object is kept.
 *
 * @param resource plural and group
 * @param namespace empty for cluster-scoped objects
 * @param name its name
 */
record ObjectKey(String resource, String namespace, String name) implements Comparable<ObjectKey> {
    private static final Comparator<ObjectKey> ORDER = Comparator.comparing(ObjectKey::resource)
            .thenComparing(ObjectKey::namespace)
            .thenComparing(ObjectKey::name);

    @Override
    public int compareTo(ObjectKey other) {
        return ORDER.compare(this, other);
    }
}
