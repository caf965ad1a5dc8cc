package dev.irsa.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The flags that a build of the operator knows.
 *
 * @param help what {@code run --help} prints
 */
record Flags(String help) {
    static Flags of(Path jar) {
        try {
            var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            var process = new ProcessBuilder(java, "-jar", jar.toString(), "run", "--help")
                    .redirectErrorStream(true)
                    .start();
            return new Flags(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + jar, e);
        }
    }

    boolean has(String flag) {
        return help.contains(flag);
    }
}
