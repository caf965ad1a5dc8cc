package dev.irsa.performance.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.fixtures.process.OperatorJar;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.fixtures.training.OldClassFiles;
import dev.irsa.integration.e2e.Subject;
import dev.irsa.integration.e2e.TestEnvironment;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Builds and starts the image of the Dockerfile as root. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageIT {
    private static final int SET_ID = 06000;
    private BuiltImage image;

    @BeforeAll
    void build() throws IOException {
        assumeThat(System.getProperty("user.name"))
                .as("user who can mount and change the root")
                .isEqualTo("root");
        image = BuiltImage.on(RunBase.C_LIBRARY);
    }

    @Test
    void hasLabelsAndStartsTheOperatorAsNobody() throws IOException {
        assertThat(image.config().path("User").asText()).isEqualTo("65532:65532");
        assertThat(image.entrypoint()).startsWith("/opt/jre/bin/java").endsWith("-jar", "/app/irsa-operator.jar");
        assertThat(image.config().path("Cmd")).isEqualTo(json("[\"run\"]"));
        assertThat(image.config().path("ExposedPorts").path("8080/tcp").isMissingNode())
                .isFalse();
        Map.of(
                        "title",
                        "irsa-operator",
                        "licenses",
                        "Apache-2.0",
                        "version",
                        OperatorJar.version(),
                        "revision",
                        BuiltImage.REVISION,
                        "created",
                        BuiltImage.CREATED,
                        "source",
                        BuiltImage.SOURCE)
                .forEach((label, value) -> assertThat(image.config()
                                .path("Labels")
                                .path("org.opencontainers.image." + label)
                                .asText())
                        .as(label)
                        .isEqualTo(value));
    }

    /** Ignores the files of the base image, which contains no program here. */
    @Test
    void addsNoShellNoWritableFilesAndNoSetuidFiles() throws IOException {
        try (var all = Files.walk(image.root())) {
            var files = all.filter(file -> !Files.isSymbolicLink(file)).toList();
            assertThat(files.stream().filter(file -> Files.isRegularFile(file) && Files.isExecutable(file)))
                    .extracting(file -> "/" + image.root().relativize(file))
                    .filteredOn(name -> !name.contains(".so"))
                    .containsExactlyInAnyOrder(
                            "/opt/jre/bin/java",
                            "/opt/jre/bin/jwebserver",
                            "/opt/jre/bin/keytool",
                            "/opt/jre/lib/jexec",
                            "/opt/jre/lib/jspawnhelper");
            assertThat(files)
                    .allSatisfy(file -> assertThat(mode(file) & (SET_ID | 0002))
                            .as(file.toString())
                            .isZero());
        }
    }

    /** Builds in another folder, at another time, with another run of Maven. */
    @Test
    void containsTheProgramThatMavenBuilds(@TempDir Path folder) throws IOException {
        var jar = OperatorJar.path();
        assertThat(image.root().resolve("app/irsa-operator.jar")).hasSameBinaryContentAs(jar);
        try (Stream<Path> libraries = Files.list(jar.resolveSibling("lib"))) {
            for (var library : libraries.toList()) {
                var expected = Files.copy(library, folder.resolve(library.getFileName()));
                if (library.getFileName().toString().startsWith("picocli-")) {
                    OldClassFiles.main(new String[] {expected.toString()});
                }
                assertThat(image.root().resolve("app/lib").resolve(library.getFileName()))
                        .hasSameBinaryContentAs(expected);
            }
        }
    }

    @Test
    void worksFromItsCacheAsNobodyWhereNothingCanBeWritten(
            ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) throws IOException {
        var env = TestEnvironment.with(controlPlane, moto, proxy, kubectl);
        // Without the option, the JVM would silently ignore a cache that does not fit.
        try (var operator =
                image.inContainer(env.launch(), kubectl, "-XX:AOTMode=on").startReady()) {
            assertThat(aboutProcess(operator, "status")).anyMatch(line -> line.matches("Uid:(\t65532){4}"));
            assertThat(aboutProcess(operator, "mountinfo"))
                    .isNotEmpty()
                    .filteredOn(line -> !line.matches("(\\S+ ){4}/(proc|dev/\\S+) .*"))
                    .allMatch(line -> line.matches("(\\S+ ){5}ro[, ].*"));
            var subject = Subject.in(env)
                    .apply("{policies: {managed: [AmazonS3ReadOnlyAccess]}}")
                    .awaitReady();
            assertThat(subject.roleExists()).isTrue();
            subject.delete();
            assertThat(subject.roleExists()).isFalse();
            assertThat(operator.status("/livez")).isEqualTo(200);
            assertThat(operator.page("/metrics")).contains("irsa_aws_calls_total");
            operator.sigterm();
            assertThat(operator.awaitExit()).isEqualTo(143);
        }
    }

    private static List<String> aboutProcess(OperatorProcess operator, String file) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(operator.pid()), file));
    }

    private static int mode(Path file) {
        try {
            return (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
