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
 * A program that runs to its end.
 *
 * @param words the program and its arguments
 * @param environment in addition to that of the tests
 * @param folder the working directory
 */
public record Command(List<String> words, Map<String, String> environment, Path folder) {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    public Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    /** Returns a command that runs in the project's folder. */
    public Command(List<String> words, Map<String, String> environment) {
        this(words, environment, Path.of(""));
    }

    /** Runs the command and returns its result, successful or not. */
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

    /** Reads the output from files: two pipes would need another thread. */
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
     * The result of a command.
     *
     * @param exitCode 0 is success
     */
    public record Result(List<String> command, int exitCode, String stdout, String stderr) {
        /** Returns this result, or throws with all output if the command failed. */
        public Result orThrow() {
            if (exitCode != 0) {
                throw new AssertionError(
                        String.join(" ", command) + " ended with " + exitCode + ":\n" + stderr + stdout);
            }
            return this;
        }
    }
}
