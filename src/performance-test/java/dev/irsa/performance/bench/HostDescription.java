package dev.irsa.performance.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/** Describes the machine and the settings of a measurement. Call it before the measurement starts. */
public final class HostDescription {
    private HostDescription() {}

    static String describe(BenchOptions options, LocalDate today) throws IOException {
        return """
                Measured on %s: %s. Each AWS call takes %d ms longer, and the load just before was %s.%s%s
                """.formatted(
                        today,
                        machine(),
                        options.latency().toMillis(),
                        load(),
                        others(options),
                        options.jvmOptions().isEmpty()
                                ? ""
                                : " Additional JVM options of the operator: " + options.jvmOptions() + ".");
    }

    private static String others(BenchOptions options) {
        return options.foreignRoles() + options.foreignAccounts() == 0
                ? ""
                : "\nThe account and the cluster also have %d roles with 10 KB of policies each and %d ServiceAccounts."
                        .formatted(options.foreignRoles(), options.foreignAccounts());
    }

    /** Returns cores, memory and JDK. */
    public static String machine() throws IOException {
        return "%d cores (%s), %d GiB of memory, JDK %s on %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        value("/proc/cpuinfo", "model name"),
                        Math.round(Long.parseLong(
                                        value("/proc/meminfo", "MemTotal").replaceAll("\\D", ""))
                                / 1048576.0),
                        Runtime.version(),
                        System.getProperty("os.name"));
    }

    /** Returns the load average of the last minute. */
    public static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).replaceFirst("(?s) .*", "");
    }

    private static String value(String file, String name) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.replaceFirst(".*?:\\s*", ""))
                .findFirst()
                .orElse("unknown");
    }
}
