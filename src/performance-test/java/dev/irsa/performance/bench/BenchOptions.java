package dev.irsa.performance.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of the benchmark.
 *
 * @param compared numbers of resources with which the jar is measured without and with its cache
 * @param sizes numbers of resources for the table of sizes
 * @param inFlight values of {@code --aws-max-in-flight} for the table of calls in flight
 * @param pageSizes values of {@code --sweep-page-size} for the table of page sizes
 * @param settingsSize number of resources in the last two tables
 * @param latency that the proxy adds to each call
 * @param sweepInterval of the operator that is to find drift
 * @param rest how long the operator is observed while idle
 * @param foreignRoles roles of other owners in the account, each with a policy of 10 KB
 * @param foreignAccounts ServiceAccounts in the cluster that the operator does not manage
 * @param jvmOptions additional JVM options of the operator
 * @param rounds how often a build is measured beside others
 * @param before a checkout with an earlier build to measure beside this one
 */
record BenchOptions(
        List<Integer> compared,
        List<Integer> sizes,
        List<Integer> inFlight,
        List<Integer> pageSizes,
        int settingsSize,
        Duration latency,
        String sweepInterval,
        Duration rest,
        int foreignRoles,
        int foreignAccounts,
        String jvmOptions,
        int rounds,
        Optional<Path> before) {
    /** The options and their defaults. */
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("--compared", "200"),
            Map.entry("--sizes", "1,10,200,1000,5000"),
            Map.entry("--in-flight", "4,16,64"),
            Map.entry("--page-sizes", "200,1000"),
            Map.entry("--settings-size", "200"),
            Map.entry("--latency-ms", "30"),
            Map.entry("--sweep-interval", "10s"),
            Map.entry("--rest-seconds", "60"),
            Map.entry("--foreign-roles", "5000"),
            Map.entry("--foreign-accounts", "10000"),
            Map.entry("--jvm-options", ""),
            Map.entry("--rounds", "3"),
            Map.entry("--before", ""));

    BenchOptions {
        compared = List.copyOf(compared);
        sizes = List.copyOf(sizes);
        inFlight = List.copyOf(inFlight);
        pageSizes = List.copyOf(pageSizes);
    }

    /** Reads {@code --name=value}; lists are separated by commas or blanks, and may be empty. */
    static BenchOptions of(String... args) {
        var values = new HashMap<>(DEFAULTS);
        for (var arg : args) {
            var parts = arg.split("=", 2);
            if (parts.length < 2 || values.put(parts[0], parts[1]) == null) {
                throw new IllegalArgumentException(
                        arg + " is not known: give --name=value with a name of " + DEFAULTS.keySet());
            }
        }
        return new BenchOptions(
                numbers(values, "--compared"),
                numbers(values, "--sizes"),
                numbers(values, "--in-flight"),
                numbers(values, "--page-sizes"),
                number(values, "--settings-size"),
                Duration.ofMillis(number(values, "--latency-ms")),
                value(values, "--sweep-interval"),
                Duration.ofSeconds(number(values, "--rest-seconds")),
                number(values, "--foreign-roles"),
                number(values, "--foreign-accounts"),
                value(values, "--jvm-options"),
                number(values, "--rounds"),
                Optional.of(value(values, "--before"))
                        .filter(path -> !path.isEmpty())
                        .map(Path::of));
    }

    private static List<Integer> numbers(Map<String, String> values, String name) {
        return Arrays.stream(value(values, name).split("[ ,]+"))
                .filter(number -> !number.isEmpty())
                .map(Integer::valueOf)
                .toList();
    }

    private static int number(Map<String, String> values, String name) {
        return Integer.parseInt(value(values, name));
    }

    private static String value(Map<String, String> values, String name) {
        return values.getOrDefault(name, "");
    }
}
