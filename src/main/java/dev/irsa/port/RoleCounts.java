package dev.irsa.port;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many roles a sweep found that belong or are offered to a resource of this cluster.
 *
 * @param retained those without an owner that are only offered to the resource
 * @param withoutBoundary those without a permissions boundary
 * @param unused by a number of days, those that were created longer ago and not used since then
 */
public record RoleCounts(int retained, int withoutBoundary, SortedMap<Integer, Integer> unused) {
    public RoleCounts {
        unused = Collections.unmodifiableSortedMap(new TreeMap<>(unused));
    }
}
