package dev.irsa.core.collection;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Immutable sorted copies, in the order of the original if that is sorted. Empty ones share one object: the operator remembers a
 * dozen maps and sets of each resource, most of which are empty.
 */
public final class Sorted {
    private Sorted() {}

    public static <K extends Comparable<K>, V> SortedMap<K, V> copyOf(Map<K, V> map) {
        TreeMap<K, V> copy = map instanceof SortedMap<K, V> sorted ? new TreeMap<>(sorted) : new TreeMap<>(map);
        return copy.isEmpty() && copy.comparator() == null
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(copy);
    }

    public static <E extends Comparable<E>> SortedSet<E> copyOf(Collection<E> elements) {
        TreeSet<E> copy = elements instanceof SortedSet<E> sorted ? new TreeSet<>(sorted) : new TreeSet<>(elements);
        return copy.isEmpty() && copy.comparator() == null
                ? Collections.emptySortedSet()
                : Collections.unmodifiableSortedSet(copy);
    }
}
