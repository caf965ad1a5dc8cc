package dev.irsa.performance.bench;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The CPU time of each program.
 *
 * @param used time on all cores by program
 */
record CpuUsage(Map<String, Duration> used) {
    private static final String OURSELVES = "proxy and clients";

    CpuUsage {
        used = new TreeMap<>(used);
    }

    /** Reads the CPU time of this process and its running child processes. */
    static CpuUsage now() {
        return new CpuUsage(Stream.concat(
                        Stream.of(ProcessHandle.current()),
                        ProcessHandle.current().descendants())
                .collect(Collectors.toMap(
                        CpuUsage::name,
                        process -> process.info().totalCpuDuration().orElse(Duration.ZERO),
                        Duration::plus)));
    }

    CpuUsage since(CpuUsage earlier) {
        var spent = new TreeMap<>(used);
        spent.replaceAll((name, time) -> time.minus(earlier.used.getOrDefault(name, Duration.ZERO)));
        return new CpuUsage(spent);
    }

    /** Returns the sum over all programs. */
    Duration total() {
        return used.values().stream().reduce(Duration.ZERO, Duration::plus);
    }

    private static String name(ProcessHandle process) {
        var command = process.info()
                .command()
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .orElse("");
        if (process.pid() == ProcessHandle.current().pid()) {
            return OURSELVES;
        }
        return switch (command) {
            case "java" -> "operator";
            case "bash" -> "others";
            default -> command.startsWith("python") ? "moto" : command.isEmpty() ? "others" : command;
        };
    }
}
