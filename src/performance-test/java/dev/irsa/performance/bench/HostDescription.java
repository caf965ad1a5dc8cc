package dev.irsa.performance.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/** What the figures depend on beside the program. To be asked before anything is started. */
public final class HostDescription {
    private HostDescription() {}

    static String describe(BenchOptions options, LocalDate today) throws IOException {
        return """
                Measured on %s: %s; the operator, etcd, kube-apiserver,
                kube-controller-manager, moto, the proxy and whoever makes the resources share them. %d ms are added to
                each AWS call. Beside ours: %d roles with 10 KB of policies each, %d ServiceAccounts.%s
                Load of the machine by others, just before: %s.
                """.formatted(
                today,
                machine(),
                options.latency().toMillis(),
                options.foreignRoles(),
                options.foreignAccounts(),
                options.jvmOptions().isEmpty()
                        ? ""
                        : " The operator's JVM got " + options.jvmOptions() + " beside what it is shipped with.",
                load());
    }

    /** Cores, memory, JDK. */
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

    /** Of the last minute. */
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
