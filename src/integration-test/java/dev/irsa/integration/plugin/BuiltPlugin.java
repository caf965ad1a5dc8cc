package dev.irsa.integration.plugin;

import dev.irsa.integration.machine.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The output of {@code make plugin}.
 *
 * @param folder the plugin
 * @param archive the plugin as an archive
 * @param manifest describes the archive to krew
 */
record BuiltPlugin(Path folder, Path archive, Path manifest) {
    /** Builds the plugin from the jar that Maven built. */
    static BuiltPlugin build() throws IOException {
        String classpath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        new Command(
                        List.of("src/main/scripts/build-plugin", classpath),
                        Map.of("JAVA_HOME", System.getProperty("java.home")))
                .run("")
                .orThrow();
        Path archives = Path.of("target", "plugin-archive").toAbsolutePath();
        try (var files = Files.newDirectoryStream(archives, "*.tar.gz")) {
            return new BuiltPlugin(
                    Path.of("target", "plugin").toAbsolutePath(),
                    files.iterator().next(),
                    archives.resolve("irsa.yaml"));
        }
    }
}
