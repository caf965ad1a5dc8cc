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
 * What the Dockerfile builds on where no base can be pulled, made of this machine: to build, a root into which its
 * programs, its JDK and its Maven repository are mounted; to run, the C library and nothing else.
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
                "--env=JAVA_HOME=/opt/jdk",
                "--env=PATH=/opt/jdk/bin:/usr/bin:/bin",
                "--env=MAVEN_USER_HOME=/opt/maven",
                "--env=MAVEN_ARGS=--offline -Dmaven.repo.local=/opt/maven/repository");
        buildah.make(RUN, LocalBases::rootToRunIn);
    }

    /** The mounts that the root to build in is empty without, as arguments of buildah. */
    static List<String> volumes() throws IOException {
        // A distribution keeps the certificates of its JDK elsewhere.
        var certificates = Objects.requireNonNull(
                JDK.resolve("lib/security/cacerts").toRealPath().getParent());
        var volumes = new ArrayList<>(List.of("/usr:/usr:ro", JDK + ":/opt/jdk:ro", MAVEN + ":/opt/maven"));
        if (!certificates.startsWith(JDK)) {
            volumes.add(certificates + ":" + certificates + ":ro");
        }
        return volumes.stream().map(volume -> "--volume=" + volume).toList();
    }

    private static void rootToBuildIn(Path root) {
        try {
            for (var folder : List.of("usr", "etc", "tmp", "root", "opt/jdk", "opt/maven")) {
                Files.createDirectories(root.resolve(folder));
            }
            for (var link : List.of("bin", "sbin", "lib", "lib64")) {
                Files.createSymbolicLink(root.resolve(link), Path.of("usr", link));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The loader and the libraries that the JVM is linked with, each where it lies here. */
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
