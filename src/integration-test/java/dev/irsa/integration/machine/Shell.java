package dev.irsa.integration.machine;

import dev.irsa.fixtures.process.OperatorJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A user's shell in a copy of the checkout, so that commands do not change the checkout itself. Its path has {@code
 * irsa-operator} and the kubectl of the server's version.
 *
 * @param folder the copy, with the folders crds and deploy
 * @param environment in addition to that of this process
 */
public record Shell(Path folder, Map<String, String> environment) {
    private static final String PROGRAMS = "programs";

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
            Path programs = Files.createDirectory(folder.resolve(PROGRAMS));
            String path = programs + ":" + TestMachine.binaries() + ":" + System.getenv("PATH");
            return new Shell(folder, Map.of("KUBECONFIG", kubeconfig.toString(), "PATH", path))
                    .with(Kubectl.CACHE, Kubectl.cacheBeside(kubeconfig))
                    .withProgram("irsa-operator", operator());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare a shell in " + folder, e);
        }
    }

    /** Puts {@code aws}, which calls this emulator, on the path. */
    public Shell withAws(Emulator emulator) {
        return withProgram("aws", aws())
                .with("AWS_ENDPOINT_URL", emulator.endpoint().toString())
                .with("AWS_ACCESS_KEY_ID", "responder")
                .with("AWS_SECRET_ACCESS_KEY", "responder")
                .with("AWS_DEFAULT_REGION", "us-east-1");
    }

    /** Puts a program on the path, which runs these words with its own arguments after them. */
    public Shell withProgram(String name, List<String> words) {
        try {
            Path program = folder.resolve(PROGRAMS).resolve(name);
            String quoted = words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
            Files.writeString(program, "#!/bin/sh\nexec " + quoted + " \"$@\"\n");
            if (!program.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + name + " executable");
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot put " + name + " into " + folder, e);
        }
    }

    /** Puts the plugin on the path, so that {@code kubectl irsa} runs. */
    public Shell withPlugin() {
        Path options = Path.of("src", "main", "jvm", "kubectl-irsa.options").toAbsolutePath();
        Path jar = OperatorJar.path().toAbsolutePath();
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return withProgram("kubectl-irsa", List.of(java.toString(), "@" + options, "-jar", jar.toString()));
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

    private static List<String> operator() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path jar = OperatorJar.path();
        return List.of(java.toString(), "-jar", jar.toAbsolutePath().toString());
    }

    private static List<String> aws() {
        Path script = Path.of("src", "integration-test", "scripts", "aws");
        return List.of(
                TestMachine.motoBin().resolve("python").toString(),
                script.toAbsolutePath().toString());
    }

    private static void copy(Path top, Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(top)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.toString()));
            }
        }
    }
}
