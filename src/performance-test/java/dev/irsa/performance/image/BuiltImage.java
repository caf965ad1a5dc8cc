package dev.irsa.performance.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.fixtures.process.OperatorJar;
import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.Processes;
import dev.irsa.integration.machine.Kubectl;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The image of the Dockerfile, built in {@link BuildBase} on a {@link RunBase}.
 *
 * @param buildah the store of the image
 * @param root the files of the image, in a container created from it
 * @param config in the format of the OCI image specification
 */
record BuiltImage(Buildah buildah, Path root, JsonNode config) {
    static final String REVISION = "0123456789abcdef0123456789abcdef01234567";
    static final String CREATED = "2026-11-25T00:00:00Z";
    static final String SOURCE = "https://git.example.com/irsa-operator";

    private static final Path IN_READ_ONLY_ROOT = Path.of("src", "integration-test", "scripts", "in-read-only-root");
    private static final String TAG = "localhost/irsa-operator:test";

    /** Builds the image, which takes some minutes, and deletes that of an earlier call. */
    static BuiltImage on(RunBase base) throws IOException {
        var buildah = Buildah.in(Path.of("target", "image").toAbsolutePath());
        buildah.run("rm", "--all");
        buildah.run("rmi", "--all", "--force");
        BuildBase.make(buildah);
        var runImage = base.make(buildah);
        var build = Stream.of(
                List.of("build", "--tag=" + TAG),
                BuildBase.arguments(runImage),
                List.of("--build-arg=VERSION=" + OperatorJar.version(), "--build-arg=REVISION=" + REVISION),
                List.of("--build-arg=CREATED=" + CREATED, "--build-arg=SOURCE=" + SOURCE, "."));
        try (var building = Processes.start(
                "buildah",
                buildah.command(build.flatMap(List::stream).toArray(String[]::new)),
                buildah.environment(),
                buildah.folder().resolve("build.log"))) {
            if (building.process().onExit().join().exitValue() != 0) {
                throw new IllegalStateException("the image cannot be built; " + building.endOfLog());
            }
        }
        var about = new ObjectMapper().readTree(buildah.run("inspect", "--type=image", TAG));
        var container = buildah.run("from", TAG);
        return new BuiltImage(
                buildah,
                Path.of(buildah.run("mount", container)),
                about.path("OCIv1").path("config"));
    }

    /** Returns the entrypoint of the image. */
    List<String> entrypoint() {
        return StreamSupport.stream(config.path("Entrypoint").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /**
     * Returns a launch of the operator as in a container of the image, except for the network.
     *
     * @param launch the launch to extend
     * @param kubectl the user whose permissions the operator has
     * @param options JVM options in addition to those of the image
     */
    OperatorLaunch inContainer(OperatorLaunch launch, Kubectl kubectl, String... options) throws IOException {
        var folder =
                Files.createDirectories(Path.of("target", "image", "kubeconfig").toAbsolutePath());
        // Embed the certificates, because their files are not in the image.
        var kubeconfig =
                Files.writeString(folder.resolve("config"), kubectl.get("config", "view", "--raw", "--flatten"));
        var command = Stream.of(
                List.of(IN_READ_ONLY_ROOT.toAbsolutePath().toString(), root.toString(), folder.toString()),
                entrypoint().subList(0, 1),
                List.of(options),
                entrypoint().subList(1, entrypoint().size()));
        return launch.withKubeconfig(kubeconfig)
                .withEntrypoint(command.flatMap(List::stream).toList());
    }

    /** Returns the size of a file of the image, or of all files of a folder. */
    long bytesBelow(String place) throws IOException {
        return bytesOfAll(root.resolve(place));
    }

    /** Returns the compressed size, as in a registry. */
    long compressedBytes() throws IOException {
        var layout = Files.createTempDirectory(buildah.folder(), "layout-");
        buildah.run("push", "--quiet", TAG, "oci:" + layout);
        return bytesOfAll(layout.resolve("blobs"));
    }

    private static long bytesOfAll(Path place) throws IOException {
        try (var all = Files.walk(place)) {
            return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(Path::toFile)
                    .mapToLong(File::length)
                    .sum();
        }
    }
}
