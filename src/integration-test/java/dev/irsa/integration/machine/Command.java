package dev.irsa.integration.machine;

import dev.irsa.fixtures.process.ProcessGuard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that ends by itself.
 *
 * @param words the program and its arguments
 * @param environment added to that of the tests
 * @param folder where it works
 */
public record Command(List<String> words, Map<String, String> environment, Path folder) {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    public Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    /** One that works in the project's folder. */
    public Command(List<String> words, Map<String, String> environment) {
        this(words, environment, Path.of(""));
    }

    /** What came of it, success or not. */
    public Result run(String stdin) {
        try {
            return run(stdin, Files.createTempDirectory("command-"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + words, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it ran: " + words, e);
        }
    }

    /** Through files, since two pipes would need a thread more. */
    private Result run(String stdin, Path files) throws IOException, InterruptedException {
        var in = Files.writeString(files.resolve("stdin"), stdin);
        var out = files.resolve("stdout");
        var err = files.resolve("stderr");
        var builder = new ProcessBuilder(words)
                .directory(folder.toAbsolutePath().toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        ProcessGuard.watch(process);
        try {
            var ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
            var stdout = Files.readString(out, StandardCharsets.UTF_8);
            var stderr = Files.readString(err, StandardCharsets.UTF_8);
            if (!ended) {
                throw new AssertionError(
                        String.join(" ", words) + " has not ended within " + LIMIT + ":\n" + stderr + stdout);
            }
            return new Result(words, process.exitValue(), stdout, stderr);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            ProcessGuard.forget(process);
            for (var file : List.of(in, out, err, files)) {
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
        /** Itself, or a failure with all that it said. */
        public Result orThrow() {
            if (exitCode != 0) {
                throw new AssertionError(
                        String.join(" ", command) + " ended with " + exitCode + ":\n" + stderr + stdout);
            }
            return this;
        }
    }
}
