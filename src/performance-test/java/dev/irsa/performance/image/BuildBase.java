package dev.irsa.performance.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A base for the first stage of the Dockerfile, for when no image can be pulled. It mounts the programs, the JDK, and the
 * Maven repository of this machine.
 */
final class BuildBase {
    private static final String IMAGE = "localhost/irsa-build-base";

    static final Path JDK = Path.of(System.getProperty("java.home"));
    private static final Path MAVEN = Path.of(System.getProperty("user.home"), ".m2");

    private BuildBase() {}

    static void make(Buildah buildah) {
        buildah.make(
                IMAGE,
                BuildBase::rootToBuildIn,
                "--env=JAVA_HOME=/opt/java/openjdk",
                "--env=PATH=/opt/java/openjdk/bin:/usr/bin:/bin",
                "--env=MAVEN_USER_HOME=/opt/maven",
                "--env=MAVEN_ARGS=--offline -Dmaven.repo.local=/opt/maven/repository");
    }

    /** Returns the arguments with which buildah builds the image in this base, on another for the last stage. */
    static List<String> arguments(String runImage) throws IOException {
        var arguments = new ArrayList<>(List.of(
                "--isolation=chroot",
                "--timestamp=0",
                "--format=oci",
                "--build-arg=BUILD_IMAGE=" + IMAGE,
                "--build-arg=RUN_IMAGE=" + runImage));
        arguments.addAll(volumes());
        return arguments;
    }

    private static List<String> volumes() throws IOException {
        // Some distributions keep the certificates of the JDK elsewhere.
        var certificates = Objects.requireNonNull(
                JDK.resolve("lib/security/cacerts").toRealPath().getParent());
        var volumes = new ArrayList<>(List.of("/usr:/usr:ro", JDK + ":/opt/java/openjdk:ro", MAVEN + ":/opt/maven"));
        if (!certificates.startsWith(JDK)) {
            volumes.add(certificates + ":" + certificates + ":ro");
        }
        return volumes.stream().map(volume -> "--volume=" + volume).toList();
    }

    private static void rootToBuildIn(Path root) {
        try {
            for (var folder : List.of("usr", "etc", "tmp", "root", "opt/java/openjdk", "opt/maven")) {
                Files.createDirectories(root.resolve(folder));
            }
            for (var link : List.of("bin", "sbin", "lib", "lib64")) {
                Files.createSymbolicLink(root.resolve(link), Path.of("usr", link));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
