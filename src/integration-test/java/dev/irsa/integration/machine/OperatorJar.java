package dev.irsa.integration.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** The jar of the operator that Maven built. */
public final class OperatorJar {
    private OperatorJar() {}

    public static Path path() {
        return Path.of(System.getProperty("operator.jar", "target/irsa-operator.jar"));
    }

    /** Returns the version in its manifest. */
    public static String version() {
        try (JarFile jar = new JarFile(path().toFile())) {
            return jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path(), e);
        }
    }
}
