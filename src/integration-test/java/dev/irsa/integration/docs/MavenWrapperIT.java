package dev.irsa.integration.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.machine.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The Maven wrapper runs only the distribution whose checksum this repository has. A script replaces the distribution, and the
 * download.
 */
class MavenWrapperIT {
    private static final Path PROPERTIES = Path.of(".mvn", "wrapper", "maven-wrapper.properties");

    /** Programs that the wrapper uses. */
    private static final List<String> PROGRAMS = List.of(
            "basename",
            "cat",
            "chmod",
            "cp",
            "dirname",
            "gzip",
            "mkdir",
            "mktemp",
            "mv",
            "printf",
            "rm",
            "sh",
            "sha256sum",
            "tar",
            "tr",
            "uname");

    @TempDir
    private Path work;

    /** The name of the distribution, with its version. */
    private String name;

    private Path checkout;
    private Path programs;
    private Path server;

    @BeforeEach
    void prepare() throws IOException {
        name = Files.readString(PROPERTIES).replaceAll("(?s).*/(apache-maven-[0-9.]+)-bin\\.zip.*", "$1");
        checkout = Files.createDirectory(work.resolve("checkout"));
        Files.copy(Path.of("mvnw"), checkout.resolve("mvnw"));
        Files.createDirectories(checkout.resolve(PROPERTIES).getParent());
        server = work.resolve("server");
        Files.createDirectories(server.resolve(name).resolve("bin"));
        script(server.resolve(name).resolve("bin").resolve("mvn"), "echo this is Maven");
        run(server, "zip", "--quiet", "--recurse-paths", name + "-bin.zip", name);
        run(server, "tar", "-czf", name + "-bin.tar.gz", name);
        programs = Files.createDirectory(work.resolve("bin"));
        for (String program : PROGRAMS) {
            provide(program);
        }
        script(programs.resolve("wget"), "cp \"" + server + "/${2##*/}\" \"$4\"");
        pin(sum("zip"), sum("tar.gz"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void runsTheDistributionWithTheChecksum(boolean unzip) throws IOException {
        if (unzip) {
            provide("unzip");
        }

        assertThat(mvnw().orThrow().stdout()).isEqualTo("this is Maven\n");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesAnotherDistribution(boolean unzip) throws IOException {
        if (unzip) {
            provide("unzip");
        }
        pin("0".repeat(64), "1".repeat(64));

        assertThat(mvnw().stderr()).contains("Failed to validate Maven distribution SHA-256");
        assertThat(mvnw().stdout()).isEmpty();
    }

    @Test
    void refusesAFormatWithoutAChecksum() throws IOException {
        Files.writeString(
                checkout.resolve(PROPERTIES),
                Files.readString(checkout.resolve(PROPERTIES)).replaceAll("(?m)^distributionTarGz.*$", ""));

        assertThat(mvnw().stderr()).contains("Failed to validate Maven distribution SHA-256");
    }

    private void provide(String program) throws IOException {
        script(programs.resolve(program), "exec /usr/bin/" + program + " \"$@\"");
    }

    private Command.Result mvnw() {
        return new Command(
                        List.of("/bin/sh", checkout.resolve("mvnw").toString(), "--version"),
                        Map.of(
                                "PATH",
                                programs.toString(),
                                "MAVEN_USER_HOME",
                                work.resolve("home").toString()))
                .run("");
    }

    /** Writes the properties of this repository with these checksums. */
    private void pin(String zip, String tarGz) throws IOException {
        Files.writeString(
                checkout.resolve(PROPERTIES),
                Files.readString(PROPERTIES)
                        .replaceAll("(?m)^(distributionSha256Sum)=[0-9a-f]{64}$", "$1=" + zip)
                        .replaceAll("(?m)^(distributionTarGzSha256Sum)=[0-9a-f]{64}$", "$1=" + tarGz));
    }

    private String sum(String ending) {
        return run(server, "sha256sum", name + "-bin." + ending).substring(0, 64);
    }

    private static String run(Path folder, String... words) {
        return new Command(List.of(words), Map.of(), folder).run("").orThrow().stdout();
    }

    private static void script(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        file.toFile().setExecutable(true);
    }
}
