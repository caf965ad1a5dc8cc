package dev.irsa.integration.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Runs a script of {@code src/integration-test/scripts} that installs missing programs and prints their paths. */
final class InstallScript {
    private static final Path SCRIPTS = Path.of("src", "integration-test", "scripts");

    private InstallScript() {}

    /** Runs the script and returns the printed paths. */
    static List<Path> run(String name, String... arguments) {
        try {
            var script = projectFolder().resolve(SCRIPTS).resolve(name).toString();
            var process = new ProcessBuilder(Stream.concat(Stream.of(script), Stream.of(arguments))
                            .toList())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var exit = process.waitFor();
            if (exit != 0) {
                throw new IllegalStateException(
                        name + " ended with " + exit + " and printed '" + output + "'; see its messages above");
            }
            return output.lines().map(Path::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " ran", e);
        }
    }

    /** Maven starts tests in the project's folder; an editor may start them below it. */
    private static Path projectFolder() {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(SCRIPTS))) {
                return folder;
            }
        }
        throw new IllegalStateException("run the tests inside the project: there is no " + SCRIPTS + " above "
                + Path.of("").toAbsolutePath());
    }
}
