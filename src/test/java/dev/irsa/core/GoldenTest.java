package dev.irsa.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.golden.GoldenCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Compares each folder below {@code golden/} with what the core makes of it. */
class GoldenTest {
    private static final Path CASES = Path.of("src/test/resources/golden");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    @TestFactory
    Stream<DynamicTest> producesFilesOfFolder() throws IOException {
        return folders().stream()
                .map(folder -> DynamicTest.dynamicTest(
                        folder.getFileName().toString(), folder.toUri(), () -> compare(folder)));
    }

    @Test
    void coversAtLeastFortyCases() throws IOException {
        assertThat(folders()).hasSizeGreaterThanOrEqualTo(40);
    }

    private static void compare(Path folder) throws IOException {
        GoldenCase golden = GoldenCase.read(folder);
        Map<String, String> expected = golden.outcome();
        if (UPDATE) {
            for (String stale : written(folder, golden).keySet()) {
                Files.delete(folder.resolve(stale));
            }
            for (var file : expected.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
        }
        assertThat(expected).isEqualTo(written(folder, golden));
    }

    /** Every file of the folder that was not read as an input. */
    private static Map<String, String> written(Path folder, GoldenCase golden) throws IOException {
        Map<String, String> written = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (!golden.inputs().contains(name)) {
                    written.put(name, Files.readString(file));
                }
            }
        }
        return written;
    }

    private static List<Path> folders() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.filter(Files::isDirectory).sorted().toList();
        }
    }
}
