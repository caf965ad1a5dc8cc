package dev.irsa.machine;

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
 */
public record Command(List<String> words, Map<String, String> environment) {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    public Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    /** What came of it, success or not. */
    public Kubectl.Result run(String stdin) {
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
    private Kubectl.Result run(String stdin, Path folder) throws IOException, InterruptedException {
        var in = Files.writeString(folder.resolve("stdin"), stdin);
        var out = folder.resolve("stdout");
        var err = folder.resolve("stderr");
        var builder = new ProcessBuilder(words)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("no end within " + LIMIT + ": " + words);
            }
            return new Kubectl.Result(
                    words,
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            for (var file : List.of(in, out, err, folder)) {
                Files.deleteIfExists(file);
            }
        }
    }
}
