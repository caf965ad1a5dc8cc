package dev.irsa.mock;

import java.util.Map;
import java.util.TreeMap;

/**
 * How often each verb met each resource since the start or the last {@link #clear}. Verbs are those of RBAC (get, list,
 * watch, create, update, patch, delete, deletecollection) and apply; resources are plurals, {@code /status} behind them
 * for the subresource. Requests that a fault kept from taking effect count too.
 */
public final class RequestCounts {
    private final Map<String, Integer> counts = new TreeMap<>();

    RequestCounts() {}

    synchronized void add(String verb, String resource) {
        counts.merge(verb + " " + resource, 1, Integer::sum);
    }

    /** How often that verb met that resource. */
    public synchronized int of(String verb, String resource) {
        return counts.getOrDefault(verb + " " + resource, 0);
    }

    /** All counts that are not zero, by {@code "verb resource"}. */
    public synchronized Map<String, Integer> all() {
        return Map.copyOf(counts);
    }

    /** How many requests could have changed something. */
    public synchronized int writes() {
        return counts.entrySet().stream()
                .filter(entry -> !entry.getKey().startsWith("get ")
                        && !entry.getKey().startsWith("list ")
                        && !entry.getKey().startsWith("watch "))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** Begins again at zero. */
    public synchronized void clear() {
        counts.clear();
    }
}
