package dev.irsa.port;

import dev.irsa.core.collection.Sorted;
import java.util.SortedMap;

/**
 * How many roles a sweep found that belong or are offered to a resource of this cluster.
 *
 * @param retained those without an owner that are only offered to the resource
 * @param withoutBoundary those without a permissions boundary
 * @param unused by a number of days, those that were created longer ago and not used since then
 */
public record RoleCounts(int retained, int withoutBoundary, SortedMap<Integer, Integer> unused) {
    public RoleCounts {
        unused = Sorted.copyOf(unused);
    }
}
