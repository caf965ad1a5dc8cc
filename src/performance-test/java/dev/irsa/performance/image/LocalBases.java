package dev.irsa.performance.image;

import dev.irsa.integration.machine.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Base images for the Dockerfile, made from this machine for when none can be pulled. The build base mounts the
 * machine's programs, JDK and Maven repository; the runtime base has only the C library.
 */
final class LocalBases {
    static final String BUILD = "localhost/irsa-build-base";
    static final String RUN = "localhost/irsa-run-base";

    private static final Path JDK = Path.of(System.getProperty("java.home"));
    private static final Path MAVEN = Path.of(System.getProperty("user.home"), ".m2");
    private static final Pattern LINKED = Pattern.compile("(/\\S+) \\(0x");

    private LocalBases() {}

    static void make(Buildah buildah) {
        buildah.make(
                BUILD,
                LocalBases::rootToBuildIn,
                "--env=JAVA_HOME=/opt/java/openjdk",
                "--env=PATH=/opt/java/openjdk/bin:/usr/bin:/bin",
                "--env=MAVEN_USER_HOME=/opt/maven",
                "--env=MAVEN_ARGS=--offline -Dmaven.repo.local=/opt/maven/repository");
        buildah.make(RUN, LocalBases::rootToRunIn);
    }

    /** Returns the mounts of the build base as arguments of buildah. */
    static List<String> volumes() throws IOException {
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

    /** Copies the loader and the libraries that the JVM is linked with, each to the same path. */
    private static void rootToRunIn(Path root) {
        var jvm = JDK.resolve("lib/server/libjvm.so").toString();
        LINKED.matcher(new Command(List.of("ldd", jvm), Map.of())
                        .run("")
                        .orThrow()
                        .stdout())
                .results()
                .map(linked -> Path.of(linked.group(1)))
                .forEach(library -> copy(library, root.resolve(Path.of("/").relativize(library))));
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
