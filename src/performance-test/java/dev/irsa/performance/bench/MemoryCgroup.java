package dev.irsa.performance.bench;

import dev.irsa.fixtures.process.OperatorLaunch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A memory cgroup for one process, without a limit. Its usage is what the memory limit of a container applies to.
 *
 * @param folder of the cgroup, in version 1 or 2 of the hierarchy
 */
record MemoryCgroup(Path folder) implements AutoCloseable {
    private static final Path VERSION_1 = Path.of("/sys/fs/cgroup/memory");
    private static final Path VERSION_2 = Path.of("/sys/fs/cgroup");

    /** Creates a cgroup; empty without the permission, or without the controller of memory. */
    static Optional<MemoryCgroup> create() {
        var parent = Files.isDirectory(VERSION_1) ? VERSION_1 : VERSION_2;
        try {
            var folder = Files.createDirectory(
                    parent.resolve("irsa-bench-" + ProcessHandle.current().pid()));
            if (Files.exists(folder.resolve("memory.stat"))) {
                return Optional.of(new MemoryCgroup(folder));
            }
            Files.delete(folder);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Returns a launch whose process enters the cgroup before it starts the operator. */
    OperatorLaunch around(OperatorLaunch launch) {
        var command = new ArrayList<>(List.of(
                "/bin/sh", "-c", "echo $$ > '" + folder.resolve("cgroup.procs") + "' && exec \"$@\"", "operator"));
        command.addAll(launch.entrypoint());
        return launch.withEntrypoint(command);
    }

    /**
     * Returns the highest usage: the memory of the process, the pages of files that no other process had read before it, and
     * the memory of the kernel for it.
     */
    double peakMebibytes() {
        return read(Files.exists(folder.resolve("memory.peak")) ? "memory.peak" : "memory.max_usage_in_bytes");
    }

    /** Returns the current usage that the kernel cannot reclaim: anonymous memory. */
    double anonymousMebibytes() {
        return text("memory.stat")
                .lines()
                .filter(line -> line.matches("(anon|rss) \\d+"))
                .map(line -> line.replaceFirst(".* ", ""))
                .mapToDouble(bytes -> Long.parseLong(bytes) / 1048576.0)
                .findFirst()
                .orElseThrow();
    }

    private double read(String file) {
        return Long.parseLong(text(file).strip()) / 1048576.0;
    }

    private String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder.resolve(file), e);
        }
    }

    /** Removes the cgroup; its process must have ended. */
    @Override
    public void close() {
        try {
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
