package dev.irsa.integration.e2e;

import static dev.irsa.integration.e2e.LocalRelease.ARCHITECTURE;
import static dev.irsa.integration.e2e.LocalRelease.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.integration.machine.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Makes the files of a release from its parts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReleaseFilesIT {
    private static final String REGISTRY = "registry.example.com/irsa";

    private LocalRelease release;

    @BeforeAll
    void assemble(@TempDir Path work) throws IOException {
        release = LocalRelease.of(REGISTRY, work);
        release.assemble(VERSION).orThrow();
    }

    @Test
    void pinsTheImageInTheChartAndTheManifests() throws IOException {
        assertThat(release.image()).matches(REGISTRY + "/irsa-operator@sha256:[0-9a-f]{64}");
        String chart = release.run(
                Tool.HELM.path().toString(),
                "template",
                "irsa-operator",
                release.file("irsa-operator-" + VERSION + ".tgz").toString(),
                "--set=clusterName=production");
        assertThat(chart).contains("image: \"" + release.image() + "\"", "app.kubernetes.io/version: \"" + VERSION);
        assertThat(Files.readString(release.file("install.yaml")))
                .contains("image: \"" + release.image() + "\"", "--cluster-name=CLUSTER_NAME")
                .doesNotContain("IMAGE");
    }

    @Test
    void listsEachLibrary() throws IOException {
        List<String> libraries;
        try (Stream<Path> files = Files.list(Path.of("target", "lib"))) {
            libraries =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
        }
        assertThat(components("irsa-operator-" + VERSION + ".cdx.json")).containsExactlyInAnyOrderElementsOf(libraries);
        assertThat(components("irsa-operator-" + VERSION + "-image-linux-" + ARCHITECTURE + ".cdx.json"))
                .containsAll(libraries);
        assertThat(Files.readString(release.file("THIRD-PARTY.txt"))).contains("io.javaoperatorsdk:operator-framework");
    }

    /** Returns the names of the jars that a list of components describes. */
    private List<String> components(String file) throws IOException {
        List<String> jars = new ArrayList<>();
        JsonNode list = new ObjectMapper().readTree(release.file(file).toFile());
        for (JsonNode component : list.path("components")) {
            jars.add(component.path("name").asText() + "-"
                    + component.path("version").asText() + ".jar");
        }
        return jars;
    }

    @Test
    void describesTheReleaseAndItsFiles() throws IOException {
        assertThat(Files.readString(release.file("release-notes.md")))
                .isEqualTo(release.run("src/main/scripts/release-notes", VERSION));
        assertThat(Files.readString(release.file("irsa.yaml")))
                .contains(
                        "uri: https://example.com/irsa/kubectl-irsa-" + VERSION + "-linux-" + ARCHITECTURE + ".tar.gz");
        assertThat(release.runIn(release.file(""), "sha256sum", "--check", "--strict", "SHA256SUMS"))
                .contains("install.yaml: OK", "irsa-operator-" + VERSION + ".tgz: OK");
    }

    @Test
    void makesTheSameFilesFromTheSameParts() throws IOException {
        release.assemble(VERSION).orThrow();
        Map<String, Integer> before = files();
        release.assemble(VERSION).orThrow();
        assertThat(files()).isEqualTo(before);
    }

    private Map<String, Integer> files() throws IOException {
        Map<String, Integer> contents = new TreeMap<>();
        try (Stream<Path> all = Files.walk(release.file(""))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                contents.put(file.toString(), Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return contents;
    }

    @Test
    void rejectsAnotherVersionThanThatOfTheParts() throws IOException {
        assertThat(LocalRelease.failure(release.assemble("0.0.0-SNAPSHOT")))
                .contains("has no kubectl-irsa-0.0.0-SNAPSHOT-*.tar.gz");
        Path other = release.plugin().resolveSibling("kubectl-irsa-0.0.0-SNAPSHOT-linux-" + ARCHITECTURE + ".tar.gz");
        Path commit = Path.of(other + ".commit");
        Files.copy(release.plugin(), other);
        Files.copy(release.commitOfPlugin(), commit);
        try {
            assertThat(LocalRelease.failure(release.assemble("0.0.0-SNAPSHOT")))
                    .contains("an image of " + ARCHITECTURE + " " + VERSION, "instead of " + ARCHITECTURE + " 0.0.0-");
        } finally {
            Files.delete(other);
            Files.delete(commit);
        }
        assertThat(LocalRelease.failure(release.assemble("9.9.9")))
                .contains("CHANGELOG.md has no changes below the heading \"## [9.9.9]\"; add them");
        assertThat(LocalRelease.failure(release.assemble("latest")))
                .contains("VERSION is latest; it must be like 1.2.3 or 1.2.3-rc.1");
    }

    @Test
    void rejectsPluginOfAnotherVersion() throws IOException {
        Path other =
                release.plugin().resolveSibling("kubectl-irsa-" + VERSION + "-rc.1-linux-" + ARCHITECTURE + ".tar.gz");
        Files.copy(release.plugin(), other);
        try {
            assertThat(LocalRelease.failure(release.assemble(VERSION)))
                    .contains("is not of version " + VERSION + "; remove it");
        } finally {
            Files.delete(other);
        }
    }

    @Test
    void rejectsPartsOfAnotherCommit() throws IOException {
        String commit = Files.readString(release.commitOfPlugin());
        Files.writeString(release.commitOfPlugin(), "0".repeat(40));
        try {
            assertThat(LocalRelease.failure(release.assemble(VERSION)))
                    .contains("was not built from " + commit.strip());
        } finally {
            Files.writeString(release.commitOfPlugin(), commit);
        }
    }
}
