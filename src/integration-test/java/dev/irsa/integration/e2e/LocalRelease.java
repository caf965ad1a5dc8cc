package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorJar;
import dev.irsa.integration.machine.Command;
import dev.irsa.integration.machine.LocalRegistry;
import dev.irsa.integration.machine.TestMachine;
import dev.irsa.integration.machine.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A release whose image has the libraries of the real one, but no Java runtime. A text file replaces the plugin.
 *
 * @param folder of its parts and its files
 * @param registry where its image and its chart will be, as host and port
 * @param keys the folder with the keys that sign it
 * @param environment of the programs that make, publish, and verify it
 */
record LocalRelease(Path folder, String registry, Path keys, Map<String, String> environment) {
    static final String VERSION = OperatorJar.version();
    static final String ARCHITECTURE = TestMachine.architecture();

    /** Builds the parts of a release that can be published to a registry on this machine. */
    static LocalRelease of(LocalRegistry registry, Path work) throws IOException {
        // They are built on first use, which takes longer than a command may.
        Stream.of(Tool.CRANE, Tool.COSIGN).forEach(Tool::path);
        Map<String, String> environment = new HashMap<>();
        // Programs that are written in Go trust its certificates.
        environment.put("SSL_CERT_FILE", registry.certificate().toString());
        environment.put("COSIGN_PASSWORD", "");
        environment.put("SIGNING_KEY", work.resolve("cosign.key").toString());
        LocalRelease release = of(registry.host(), work, environment);
        release.runIn(work, Tool.COSIGN.path().toString(), "generate-key-pair");
        return release;
    }

    /** Builds the parts of a release for a registry that need not exist. */
    static LocalRelease of(String registry, Path work) throws IOException {
        return of(registry, work, new HashMap<>());
    }

    private static LocalRelease of(String registry, Path work, Map<String, String> environment) throws IOException {
        Stream.of(Tool.HELM, Tool.SYFT).forEach(Tool::path);
        Stream.of("HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME")
                .forEach(name -> environment.put(name, work.resolve(name).toString()));
        LocalRelease release = new LocalRelease(work.resolve("target"), registry, work, environment);
        release.run(
                "src/integration-test/scripts/build-release-image",
                release.parts().resolve("image-linux-" + ARCHITECTURE).toString(),
                VERSION,
                work.resolve("store").toString());
        Files.writeString(release.plugin(), "not the plugin");
        Files.writeString(release.commitOfPlugin(), release.run("git", "rev-parse", "HEAD"));
        return release;
    }

    Path plugin() {
        return parts().resolve("kubectl-irsa-" + VERSION + "-linux-" + ARCHITECTURE + ".tar.gz");
    }

    Path commitOfPlugin() {
        return parts().resolve(plugin().getFileName() + ".commit");
    }

    Path parts() {
        return folder.resolve("release-parts");
    }

    /** Returns a file of the release. */
    Path file(String name) {
        return folder.resolve("release").resolve(name);
    }

    /** Returns the image with its digest. */
    String image() throws IOException {
        return Files.readString(file("image.txt")).strip();
    }

    Command.Result assemble(String version) {
        return result(
                "src/main/scripts/assemble-release", version, registry, "https://example.com/irsa", folder.toString());
    }

    Command.Result publish() {
        return publish(VERSION);
    }

    Command.Result publish(String tag) {
        return result("src/main/scripts/publish-release", VERSION, registry, tag, folder.toString());
    }

    /** Verifies as a user who has the public key. No transparency log is reachable. */
    Command.Result cosign(String command, String... arguments) {
        Stream<String> words = Stream.of(
                Tool.COSIGN.path().toString(),
                command,
                "--key=" + keys.resolve("cosign.pub"),
                "--insecure-ignore-tlog");
        return result(Stream.concat(words, Stream.of(arguments)).toArray(String[]::new));
    }

    /** Runs a program, which must succeed, and returns its output. */
    String run(String... words) {
        return result(words).orThrow().stdout();
    }

    String runIn(Path where, String... words) {
        return new Command(List.of(words), environment, where).run("").orThrow().stdout();
    }

    private Command.Result result(String... words) {
        return new Command(List.of(words), environment).run("");
    }

    /** Returns the error of a command that must have failed. */
    static String failure(Command.Result result) {
        assertThat(result.exitCode()).as(result.toString()).isNotZero();
        return result.stderr();
    }
}
