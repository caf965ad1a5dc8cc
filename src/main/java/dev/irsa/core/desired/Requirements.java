package dev.irsa.core.desired;

import dev.irsa.core.collection.Sorted;
import dev.irsa.core.ownership.TagKeys;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * What an entitlement requires of every role that it allows in one namespace.
 *
 * @param entitlement the name of the entitlement
 * @param boundary ARN of the permissions boundary; empty if roles may have any, or none
 * @param managed ARNs of managed policies
 * @param tags the tags, with the values of those that come from a label of the namespace
 */
public record Requirements(
        String entitlement, Optional<String> boundary, SortedSet<String> managed, SortedMap<String, String> tags) {
    public Requirements {
        managed = Sorted.copyOf(managed);
        TreeMap<String, String> sorted = new TreeMap<>(TagKeys.ORDER);
        sorted.putAll(tags);
        tags = Collections.unmodifiableSortedMap(sorted);
    }

    /** Returns whether another entitlement requires the same. */
    public boolean requiresSameAs(Requirements other) {
        return boundary.equals(other.boundary) && managed.equals(other.managed) && tags.equals(other.tags);
    }
}
