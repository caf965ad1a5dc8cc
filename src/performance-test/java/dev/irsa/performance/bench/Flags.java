package dev.irsa.performance.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * The flags that a build of the operator knows.
 *
 * @param help what {@code run --help} prints
 */
record Flags(String help) {
    static Flags of(List<String> entrypoint) {
        try {
            var command = Stream.concat(entrypoint.stream(), Stream.of("run", "--help"));
            var process = new ProcessBuilder(command.toList())
                    .redirectErrorStream(true)
                    .start();
            return new Flags(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + entrypoint, e);
        }
    }

    boolean has(String flag) {
        return help.contains(flag);
    }
}
