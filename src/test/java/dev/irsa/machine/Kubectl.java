package dev.irsa.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * kubectl of the server's version, as the user of one kubeconfig.
 *
 * @param kubeconfig whose rights it has
 */
public record Kubectl(Path kubeconfig) {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** Runs a command and returns what came of it, success or not. */
    public Result run(String... arguments) {
        return run("", List.of(arguments));
    }

    /** Runs a command that must succeed and returns what it printed, without the last line's end. */
    public String get(String... arguments) {
        return run(arguments).orThrow().stdout().stripTrailing();
    }

    /** Applies manifests as Helm and Argo CD do: on the server's side, with unknown fields refused. */
    public Result apply(String yaml) {
        return run(yaml, List.of("apply", "--server-side", "--validate=strict", "--filename=-"));
    }

    /** Applies a file or a folder the same way. */
    public Result applyFile(Path file) {
        return run("apply", "--server-side", "--validate=strict", "--filename=" + file);
    }

    /** Runs a command that reads {@code stdin}. */
    public Result run(String stdin, List<String> arguments) {
        var command = Stream.concat(
                        Stream.of(TestMachine.binaries().resolve("kubectl").toString(), "--kubeconfig=" + kubeconfig),
                        arguments.stream())
                .toList();
        try {
            return run(stdin, command, Files.createTempDirectory("kubectl-"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while kubectl ran", e);
        }
    }

    /** Through files, since two pipes would need a thread more. */
    private static Result run(String stdin, List<String> command, Path folder)
            throws IOException, InterruptedException {
        var in = Files.writeString(folder.resolve("stdin"), stdin);
        var out = folder.resolve("stdout");
        var err = folder.resolve("stderr");
        var process = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("no end within " + LIMIT + ": " + command);
            }
            return new Result(
                    command,
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
            for (var file : List.of(in, out, err, folder)) {
                Files.deleteIfExists(file);
            }
        }
    }

    /**
     * What came of a command.
     *
     * @param exitCode 0 is success
     */
    public record Result(List<String> command, int exitCode, String stdout, String stderr) {
        /** Itself, or a failure with all that kubectl said. */
        public Result orThrow() {
            if (exitCode != 0) {
                throw new AssertionError(
                        String.join(" ", command) + " ended with " + exitCode + ":\n" + stderr + stdout);
            }
            return this;
        }
    }
}
