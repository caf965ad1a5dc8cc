package dev.irsa.integration.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A user's shell in a copy of the checkout, so that commands do not change the checkout itself. Its path has {@code
 * irsa-operator} and the kubectl of the server's version.
 *
 * @param folder the copy, with the folders crds and deploy
 * @param environment in addition to that of this process
 */
public record Shell(Path folder, Map<String, String> environment) {
    /** Copies the environment. */
    public Shell {
        environment = Map.copyOf(environment);
    }

    /** Creates a shell in an empty folder for the user of this kubeconfig. */
    public static Shell in(Path folder, Path kubeconfig) {
        try {
            for (String top : List.of("crds", "deploy")) {
                copy(Path.of(top), folder);
            }
            Path programs = Files.createDirectory(folder.resolve("programs"));
            Files.writeString(programs.resolve("irsa-operator"), """
                    #!/bin/sh
                    exec "%s" -jar "%s" "$@"
                    """.formatted(
                            Path.of(System.getProperty("java.home"), "bin", "java"),
                            Path.of(System.getProperty("operator.jar", "target/irsa-operator.jar"))
                                    .toAbsolutePath()));
            if (!programs.resolve("irsa-operator").toFile().setExecutable(true)) {
                throw new IOException("cannot make irsa-operator executable");
            }
            return new Shell(
                    folder,
                    Map.of(
                            "KUBECONFIG",
                            kubeconfig.toString(),
                            "PATH",
                            programs + ":" + TestMachine.binaries() + ":" + System.getenv("PATH")));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare a shell in " + folder, e);
        }
    }

    /** Puts {@code aws}, which calls this emulator, on the path. */
    public Shell withAws(Emulator emulator) {
        try {
            Path program = folder.resolve("programs").resolve("aws");
            Files.writeString(program, """
                    #!/bin/sh
                    exec "%s" "%s" "$@"
                    """.formatted(
                            TestMachine.motoBin().resolve("python"),
                            Path.of("src", "integration-test", "scripts", "aws").toAbsolutePath()));
            if (!program.toFile().setExecutable(true)) {
                throw new IOException("cannot make aws executable");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot put aws into " + folder, e);
        }
        return with("AWS_ENDPOINT_URL", emulator.endpoint().toString())
                .with("AWS_ACCESS_KEY_ID", "responder")
                .with("AWS_SECRET_ACCESS_KEY", "responder")
                .with("AWS_DEFAULT_REGION", "us-east-1");
    }

    /** Adds a variable to the environment. */
    public Shell with(String name, String value) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put(name, value);
        return new Shell(folder, more);
    }

    /** Runs commands, which must all succeed, and returns their output on both streams. */
    public String run(String commands) {
        var words = List.of("bash", "-euo", "pipefail", "-c", "exec 2>&1\n" + commands);
        return new Command(words, environment, folder).run("").orThrow().stdout();
    }

    private static void copy(Path top, Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(top)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.toString()));
            }
        }
    }
}
