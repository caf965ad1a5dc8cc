package dev.irsa.kubectl;

import dev.irsa.kubectl.imports.ManifestFolder;
import dev.irsa.runtime.StartFailure;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** Writes the files of an import. */
final class ImportFolder {
    private ImportFolder() {}

    /**
     * Checks that files can be written to a folder without replacing others.
     *
     * @throws StartFailure if it is not an empty folder, and exists
     */
    static void requireEmpty(Path folder) throws StartFailure {
        try {
            if (Files.exists(folder) && !isEmptyFolder(folder)) {
                throw new StartFailure(
                        StartFailure.CONFIGURATION,
                        "--output-dir " + folder
                                + " is not an empty folder; name another one, so that no file is lost");
            }
        } catch (IOException e) {
            throw problem(folder, "read", e);
        }
    }

    /**
     * Writes the files to an empty folder and returns their number.
     *
     * @throws StartFailure if the folder cannot be written
     */
    static int write(Path folder, ManifestFolder content) throws StartFailure {
        try {
            for (Map.Entry<String, String> file : content.files().entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
            return content.files().size();
        } catch (IOException e) {
            throw problem(folder, "written", e);
        }
    }

    private static StartFailure problem(Path folder, String done, IOException e) {
        return new StartFailure(
                StartFailure.ENVIRONMENT, "--output-dir " + folder + " cannot be " + done + ": " + cause(e));
    }

    /** The message of such an exception may be only a path. */
    private static String cause(IOException e) {
        return e instanceof FileSystemException file && file.getReason() == null
                ? e.getClass().getSimpleName() + ": " + file.getFile()
                : String.valueOf(e.getMessage());
    }

    private static boolean isEmptyFolder(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.findAny().isEmpty();
        }
    }
}
