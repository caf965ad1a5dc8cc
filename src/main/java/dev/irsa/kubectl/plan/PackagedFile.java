package dev.irsa.kubectl.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The files that the program contains. */
public final class PackagedFile {
    private PackagedFile() {}

    /**
     * Returns the text of a file.
     *
     * @param name relative to the package of the class, or absolute with a slash
     */
    public static String text(Class<?> owner, String name) {
        try (InputStream file = owner.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("the program does not contain " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
