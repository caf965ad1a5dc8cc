package dev.irsa.performance.image;

import dev.irsa.integration.machine.Command;
import dev.irsa.integration.machine.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs buildah as root without a daemon. All its data is in one folder.
 *
 * @param folder for the data; created if missing
 */
record Buildah(Path folder) {
    /** Runs a command that must succeed, and returns what it printed. */
    String run(String... arguments) {
        return new Command(command(arguments), environment())
                .run("")
                .orThrow()
                .stdout()
                .strip();
    }

    /** Returns the same command for another launcher, to run in {@link #environment()}. */
    List<String> command(String... arguments) {
        var start = Stream.of(
                Tool.BUILDAH.path().toString(),
                "--root=" + folder.resolve("store"),
                "--runroot=" + folder.resolve("run"),
                "--storage-driver=vfs");
        return Stream.concat(start, Stream.of(arguments)).toList();
    }

    /** Returns a script that runs buildah with its arguments. */
    Path script() throws IOException {
        var script = Files.writeString(
                folder.resolve("buildah"), """
                #!/bin/sh
                export TMPDIR=%s
                exec %s "$@"
                """.formatted(environment().get("TMPDIR"), String.join(" ", command())));
        script.toFile().setExecutable(true);
        return script;
    }

    Map<String, String> environment() {
        return Map.of("TMPDIR", folder.resolve("tmp").toString());
    }

    /** Creates an image of these settings, with files that are written to an empty root. */
    void make(String image, Consumer<Path> files, String... settings) {
        var container = run("from", "scratch");
        files.accept(Path.of(run("mount", container)));
        if (settings.length > 0) {
            run(Stream.of(Stream.of("config"), Stream.of(settings), Stream.of(container))
                    .flatMap(each -> each)
                    .toArray(String[]::new));
        }
        run("commit", "--quiet", "--rm", container, image);
    }

    /** Keeps all data in that folder. */
    static Buildah in(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("tmp"));
        return new Buildah(folder);
    }
}
