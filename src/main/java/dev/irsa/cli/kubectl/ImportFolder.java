package dev.irsa.cli.kubectl;

import dev.irsa.plugin.adopt.ManifestFolder;
import dev.irsa.runtime.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** Writes the files of an import. */
final class ImportFolder {
    private ImportFolder() {}

    /**
     * Writes the files and returns their number.
     *
     * @throws StartFailure if the folder has files already, or cannot be written
     */
    static int write(Path folder, ManifestFolder content) throws StartFailure {
        try {
            if (Files.exists(folder) && !isEmptyFolder(folder)) {
                throw new StartFailure(
                        StartFailure.CONFIGURATION,
                        "--output-dir " + folder
                                + " is not an empty folder; name another one, so that no file is lost");
            }
            for (Map.Entry<String, String> file : content.files().entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
            return content.files().size();
        } catch (IOException e) {
            throw new StartFailure(
                    StartFailure.ENVIRONMENT, "--output-dir " + folder + " cannot be written: " + e.getMessage());
        }
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
