package dev.irsa.performance.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One run of a command of {@code kubectl irsa} with the JVM options of the plugin.
 *
 * @param took from the start of the process to its end
 * @param peakKiB the peak resident memory
 * @param calls to AWS, by action
 */
record PluginRun(Duration took, long peakKiB, Map<String, Long> calls) {
    private static final long POLL_MILLIS = 10;

    PluginRun {
        calls = Map.copyOf(calls);
    }

    static PluginRun measure(BenchMachine machine, List<String> arguments) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("plugin-bench-");
        machine.proxy.calls().clear();
        var began = System.nanoTime();
        var process = start(machine, folder, arguments);
        var peak = 0L;
        do {
            peak = Math.max(peak, peakKiB(process.pid()));
        } while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS));
        var took = Duration.ofNanos(System.nanoTime() - began);
        if (process.exitValue() != 0) {
            throw new IllegalStateException(arguments + " failed: " + Files.readString(folder.resolve("errors")));
        }
        return new PluginRun(took, peak, machine.proxy.calls().take());
    }

    private static Process start(BenchMachine machine, Path folder, List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("src", "main", "jvm", "kubectl-irsa.options"),
                "-jar",
                Path.of("target", "irsa-operator.jar").toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("output").toFile())
                .redirectError(folder.resolve("errors").toFile());
        builder.environment()
                .putAll(Map.of(
                        "KUBECONFIG", machine.controlPlane.kubeconfig().toString(),
                        "AWS_ENDPOINT_URL", machine.proxy.uri().toString(),
                        "AWS_REGION", "eu-west-1",
                        "AWS_ACCESS_KEY_ID", "user",
                        "AWS_SECRET_ACCESS_KEY", "user",
                        "AWS_CONFIG_FILE", "/dev/null",
                        "AWS_SHARED_CREDENTIALS_FILE", "/dev/null",
                        "IRSA_LOG_LEVEL", "WARN"));
        return builder.start();
    }

    String seconds() {
        return String.format(Locale.ROOT, "%.2f", took.toMillis() / 1000.0);
    }

    String peakMiB() {
        return Long.toString(peakKiB / 1024);
    }

    long callCount() {
        return calls.values().stream().mapToLong(count -> count).sum();
    }

    /** Returns 0 once the process has ended. */
    private static long peakKiB(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }
}
