package dev.irsa.performance.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One run of {@code kubectl irsa import} with the JVM options of the plugin.
 *
 * @param took from the start of the process to its end
 * @param peakKiB the peak resident memory
 * @param calls to AWS, by action
 * @param files that it wrote
 */
record ImportRun(Duration took, long peakKiB, Map<String, Long> calls, long files) {
    private static final long POLL_MILLIS = 10;

    ImportRun {
        calls = Map.copyOf(calls);
    }

    static ImportRun measure(BenchMachine machine) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("import-bench-");
        machine.proxy.calls().clear();
        var began = System.nanoTime();
        var process = start(machine, folder);
        var peak = 0L;
        do {
            peak = Math.max(peak, peakKiB(process.pid()));
        } while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS));
        var took = Duration.ofNanos(System.nanoTime() - began);
        if (process.exitValue() != 0) {
            throw new IllegalStateException("the import failed: " + Files.readString(folder.resolve("errors")));
        }
        try (var files = Files.walk(folder.resolve("imported"))) {
            return new ImportRun(
                    took,
                    peak,
                    machine.proxy.calls().take(),
                    files.filter(Files::isRegularFile).count());
        }
    }

    private static Process start(BenchMachine machine, Path folder) throws IOException {
        var builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + Path.of("src", "main", "jvm", "kubectl-irsa.options"),
                        "-jar",
                        Path.of("target", "irsa-operator.jar").toString(),
                        "import",
                        "--all-namespaces",
                        "--output-dir=" + folder.resolve("imported")))
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
