package dev.irsa.performance.soak;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * Values at one moment, and counts since the previous sample.
 *
 * @param at the time since the start
 * @param since the time since the previous sample
 * @param aws AWS calls by name, including retries of the SDK
 * @param api requests of the operator by kind, such as {@code patch serviceaccounts}
 * @param reconciles the number of started reconciles
 * @param sweeps the number of completed sweeps
 * @param livez the HTTP status of {@code /livez}
 */
record Sample(
        Duration at,
        Duration since,
        double residentMiB,
        double heapMiB,
        double threads,
        double files,
        Map<String, Long> aws,
        Map<String, Long> api,
        double reconciles,
        double sweeps,
        int livez) {
    static final String HEAD = "seconds,resident_mib,heap_mib,threads,files,aws_per_hour,api_per_hour,"
            + "reconciles_per_hour,sweeps,livez";

    Sample {
        aws = Map.copyOf(aws);
        api = Map.copyOf(api);
    }

    double minutes() {
        return at.toMillis() / 60_000.0;
    }

    double awsPerHour() {
        return perHour(sum(aws));
    }

    double apiPerHour() {
        return perHour(sum(api));
    }

    double reconcilesPerHour() {
        return perHour(reconciles);
    }

    private double perHour(double count) {
        return count * 3_600_000 / Math.max(1, since.toMillis());
    }

    private static double sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%.1f,%.1f,%.1f,%.0f,%.0f,%.0f,%.0f,%.0f,%.0f,%d",
                at.toMillis() / 1000.0,
                residentMiB,
                heapMiB,
                threads,
                files,
                awsPerHour(),
                apiPerHour(),
                reconcilesPerHour(),
                sweeps,
                livez);
    }
}
