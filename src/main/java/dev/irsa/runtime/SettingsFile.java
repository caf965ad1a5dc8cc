package dev.irsa.runtime;

import dev.irsa.kubernetes.OperatorInfo;
import dev.irsa.port.OperatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the settings of the operator to a file, from which {@code kubectl irsa} reads them. An operator on a laptop has no
 * ConfigMap for them: one that it created would be in the way of a later installation with Helm.
 */
final class SettingsFile {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsFile.class);

    private final Path path;
    private String written = "";

    SettingsFile(Path path) {
        this.path = path;
    }

    /** Writes the settings, unless they were written already. Only tools read them, so a failure does not stop the operator. */
    void write(OperatorSettings settings) {
        String document = OperatorInfo.document(settings);
        if (document.equals(written)) {
            return;
        }
        try {
            // A tool never reads half of it.
            Path complete = path.resolveSibling(path.getFileName() + ".tmp");
            Files.writeString(complete, document);
            Files.move(complete, path, StandardCopyOption.REPLACE_EXISTING);
            written = document;
            LOG.info("kubectl irsa reads the settings of this operator with --operator-settings {}", path);
        } catch (IOException e) {
            LOG.warn("cannot write --settings-file {}, which tools read: {}", path, e.toString());
        }
    }
}
