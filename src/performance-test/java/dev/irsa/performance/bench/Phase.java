package dev.irsa.performance.bench;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What one part of a scenario took.
 *
 * @param took until what was waited for had happened
 * @param calls to AWS by action
 * @param peakInFlight calls to AWS that waited for an answer at once
 * @param requests to Kubernetes by verb and resource
 * @param cpu time of the operator on all cores, until it was at rest again
 * @param processors of all programs until what was waited for had happened
 */
record Phase(
        Duration took,
        Map<String, Long> calls,
        int peakInFlight,
        Map<String, Long> requests,
        Duration cpu,
        CpuUsage processors) {
    /** A review of rights is made by a create, but nothing is kept of it. */
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
