package dev.irsa.performance.bench;

import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * An event that concerned many resources.
 *
 * @param resources their number
 * @param calls to AWS for them
 * @param memory at its end
 * @param alone the median of seconds until a new resource is Ready while nothing else happens
 * @param meanwhile after how many seconds each resource was Ready that was created during the event
 */
record LargeChange(
        String name,
        int resources,
        Phase phase,
        long calls,
        Measurement.Memory memory,
        double alone,
        List<Double> meanwhile) {
    static final List<String> HEAD = List.of(
            "event",
            "n",
            "done, s",
            "calls per role",
            "CPU, s",
            "memory, MiB",
            "new one alone, s",
            "meanwhile, s",
            "slowest, s");

    private static final double MOST_DELAY = 2;

    LargeChange {
        meanwhile = List.copyOf(meanwhile);
    }

    List<String> row() {
        return List.of(
                name,
                Integer.toString(resources),
                decimal(phase.seconds()),
                decimal((double) calls / resources),
                decimal(phase.cpu().toMillis() / 1000.0),
                Long.toString(memory.residentKiB() / 1024),
                decimal(alone),
                decimal(Median.of(meanwhile)),
                decimal(Collections.max(meanwhile)));
    }

    /** Returns whether new resources wait too long. */
    boolean delaysOthers() {
        return Median.of(meanwhile) > MOST_DELAY * alone;
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
