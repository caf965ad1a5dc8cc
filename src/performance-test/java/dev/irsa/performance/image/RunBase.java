package dev.irsa.performance.image;

import dev.irsa.integration.machine.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A base for the last stage of the Dockerfile, for when no image can be pulled.
 *
 * @param contents in words
 * @param files writes the contents to an empty root
 */
record RunBase(String contents, Consumer<Path> files) {
    static final RunBase C_LIBRARY = new RunBase("the C library of this machine", RunBase::copyCLibrary);
    static final RunBase DEBIAN_PACKAGES =
            new RunBase("Debian's packages of the default base", RunBase::unpackPackages);

    private static final String IMAGE = "localhost/irsa-run-base";
    private static final Pattern LINKED = Pattern.compile("(/\\S+) \\(0x");
    /** Unpacks the packages in gcr.io/distroless/base-nossl-debian12, which leaves out some of their files. */
    private static final String UNPACK = """
            . /etc/os-release
            [ "$VERSION_CODENAME" = bookworm ] || { echo "the packages of the default base are those of Debian 12; run this on Debian 12" >&2; exit 1; }
            apt-get download base-files ca-certificates libc6 media-types netbase tzdata
            for package in *.deb; do dpkg-deb --extract "$package" "$1"; done
            rm -- *.deb
            rmdir "$PWD"
            """;

    /** Creates the image and returns its name. */
    String make(Buildah buildah) {
        buildah.make(IMAGE, files);
        return IMAGE;
    }

    /** Copies the loader and the libraries that the JVM is linked with, each to the same path. */
    private static void copyCLibrary(Path root) {
        var jvm = BuildBase.JDK.resolve("lib/server/libjvm.so").toString();
        LINKED.matcher(output(Path.of(""), "ldd", jvm))
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

    private static void unpackPackages(Path root) {
        try {
            var folder = Files.createTempDirectory("packages-");
            output(folder, "sh", "-e", "-c", UNPACK, "unpack", root.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String output(Path folder, String... words) {
        return new Command(List.of(words), Map.of(), folder).run("").orThrow().stdout();
    }
}
