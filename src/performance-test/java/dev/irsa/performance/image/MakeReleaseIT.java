package dev.irsa.performance.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.irsa.fixtures.process.OperatorJar;
import dev.irsa.fixtures.process.Processes;
import dev.irsa.integration.machine.Command;
import dev.irsa.integration.machine.TestMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code make release} twice in clones of this checkout. Takes some minutes. */
@Tag("soak")
class MakeReleaseIT {
    private static final String ARCHITECTURE = TestMachine.architecture();

    /** Unpacks the plugin and the layers of the image, and prints the checksum of each file. */
    private static final String CHECKSUMS = """
            cd target
            mkdir -p unpacked/plugin unpacked/image
            tar -xzf release/kubectl-irsa-*.tar.gz -C unpacked/plugin
            blobs=release/image/blobs/sha256
            manifest=$(jq -r '.manifests[0].digest | ltrimstr("sha256:")' release/image/index.json)
            layers=$(jq -r '.layers[].digest | ltrimstr("sha256:")' $blobs/$manifest)
            for layer in $layers; do
              tar -xf $blobs/$layer -C unpacked/image
            done
            find unpacked release -type f -not -path "$blobs/*" -exec sha256sum {} +
            """;

    @Test
    void differsOnlyInTheAheadOfTimeCachesAndWhatContainsThem(@TempDir Path work) throws IOException {
        assumeThat(System.getProperty("user.name"))
                .as("user who can mount and change the root")
                .isEqualTo("root");
        var buildah = Buildah.in(work.resolve("buildah"));
        BuildBase.make(buildah);
        var arguments = String.join(" ", BuildBase.arguments(RunBase.C_LIBRARY.make(buildah)));
        var builder = buildah.script();

        var first = release(work.resolve("first"), builder, arguments);
        var second = release(work.resolve("second"), builder, arguments);

        assertThat(first).containsKeys("unpacked/image/app/irsa-operator.jar", "unpacked/plugin/app/irsa-operator.jar");
        var differences = new TreeSet<>(first.keySet());
        differences.addAll(second.keySet());
        differences.removeIf(file -> first.getOrDefault(file, "").equals(second.getOrDefault(file, "")));
        var version = OperatorJar.version();
        assertThat(differences)
                .isSubsetOf(
                        "unpacked/image/app/irsa-operator.aot",
                        "unpacked/plugin/app/kubectl-irsa.aot",
                        "release/SHA256SUMS",
                        "release/image.txt",
                        "release/image/index.json",
                        "release/install.yaml",
                        "release/irsa-operator-" + version + ".tgz",
                        // It names the layers of the image.
                        "release/irsa-operator-" + version + "-image-linux-" + ARCHITECTURE + ".cdx.json",
                        "release/irsa.yaml",
                        "release/kubectl-irsa-" + version + "-linux-" + ARCHITECTURE + ".tar.gz");
    }

    /** Returns the checksums of the files of the release, and of those in its image and its plugin. */
    private static Map<String, String> release(Path clone, Path builder, String arguments) throws IOException {
        new Command(List.of("git", "clone", "--quiet", ".", clone.toString()), Map.of())
                .run("")
                .orThrow();
        var command = List.of(
                "make",
                "--directory=" + clone,
                "release",
                "VERSION=" + OperatorJar.version(),
                "REGISTRY=registry.example.com/irsa",
                "DOWNLOADS=https://example.com/irsa",
                "IMAGE_BUILDER=" + builder,
                "ARGS=" + arguments);
        var started = Instant.now();
        try (var making = Processes.start("make release", command, Map.of(), clone.resolveSibling("release.log"))) {
            if (making.process().onExit().join().exitValue() != 0) {
                throw new AssertionError("no release was made; " + making.endOfLog());
            }
        }
        System.out.printf(
                "make release took %d s%n",
                Duration.between(started, Instant.now()).toSeconds());
        var checksums = new TreeMap<String, String>();
        new Command(List.of("sh", "-e", "-c", CHECKSUMS), Map.of(), clone)
                .run("")
                .orThrow()
                .stdout()
                .lines()
                .map(line -> line.split(" +", 2))
                .forEach(line -> checksums.put(line[1], line[0]));
        return checksums;
    }
}
