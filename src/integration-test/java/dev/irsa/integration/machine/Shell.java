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
 * A user's shell in a copy of the checkout's files, so that what commands write stays out of it: with the kubectl of the
 * server's version and {@code irsa-operator} on its path.
 *
 * @param folder the copy, which has what the commands of the docs read: crds and deploy
 * @param environment beside that of this process
 */
public record Shell(Path folder, Map<String, String> environment) {
    /** Copies the environment. */
    public Shell {
        environment = Map.copyOf(environment);
    }

    /** For the user of this kubeconfig, in an empty folder. */
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
                throw new IOException("cannot make it executable");
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

    /** The same with {@code aws} on its path, which calls this moto. */
    public Shell withAws(Moto moto) {
        try {
            Path program = folder.resolve("programs").resolve("aws");
            Files.writeString(program, """
                    #!/bin/sh
                    exec "%s" "%s" "$@"
                    """.formatted(
                            TestMachine.motoBin().resolve("python"),
                            Path.of("src", "integration-test", "scripts", "aws").toAbsolutePath()));
            if (!program.toFile().setExecutable(true)) {
                throw new IOException("cannot make it executable");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot put aws into " + folder, e);
        }
        return with("AWS_ENDPOINT_URL", moto.endpoint().toString())
                .with("AWS_ACCESS_KEY_ID", "responder")
                .with("AWS_SECRET_ACCESS_KEY", "responder")
                .with("AWS_DEFAULT_REGION", "us-east-1");
    }

    /** The same with more in its environment. */
    public Shell with(String name, String value) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put(name, value);
        return new Shell(folder, more);
    }

    /** Runs commands, each of which must end well; answers what they printed, on both streams. */
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
