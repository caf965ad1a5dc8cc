package dev.irsa.integration.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.machine.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that the generated manifests match the chart. */
class ManifestsIT {
    @Test
    void manifestsAreUpToDate(@TempDir Path fresh) throws IOException {
        new Command(List.of("src/main/scripts/render-manifests", fresh.toString()), Map.of())
                .run("")
                .orThrow();

        try (Stream<Path> files = Files.walk(fresh)) {
            assertThat(files.filter(Files::isRegularFile).map(fresh::relativize))
                    .hasSize(30)
                    .allSatisfy(file -> assertThat(Path.of("deploy").resolve(file))
                            .as("make manifests")
                            .hasSameTextualContentAs(fresh.resolve(file)));
        }
    }

    @Test
    void everyValueHasDescription() throws IOException {
        assertThat(Files.readAllLines(Chart.FOLDER.resolve("README.md")))
                .filteredOn(line -> line.startsWith("| `"))
                .isNotEmpty()
                .noneMatch(line -> line.endsWith("|  |"));
    }
}
