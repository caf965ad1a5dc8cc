package dev.irsa.performance.bench;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The measurements of one phase of a scenario.
 *
 * @param took the time until the expected state
 * @param calls to AWS by action
 * @param peakInFlight the most AWS calls in flight at once
 * @param peakPerSecond the most AWS calls within one second
 * @param requests to Kubernetes by verb and resource
 * @param cpu CPU time of the operator until it was idle again
 * @param processors CPU time of all programs until the expected state
 */
record Phase(
        Duration took,
        Map<String, Long> calls,
        int peakInFlight,
        int peakPerSecond,
        Map<String, Long> requests,
        Duration cpu,
        CpuUsage processors) {
    /** An access review is a create request, but stores nothing. */
    private static final Pattern READ = Pattern.compile("(get|list|watch) |create selfsubject\\w+reviews");

    Phase {
        calls = new TreeMap<>(calls);
        requests = new TreeMap<>(requests);
    }

    double seconds() {
        return took.toMillis() / 1000.0;
    }

    long callCount() {
        return sum(calls);
    }

    long writesToKubernetes() {
        var writes = new TreeMap<>(requests);
        writes.keySet().removeIf(request -> READ.matcher(request).lookingAt());
        return sum(writes);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
