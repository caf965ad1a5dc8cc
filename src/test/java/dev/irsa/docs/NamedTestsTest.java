package dev.irsa.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A threat that is said to be answered has tests, and they exist. */
class NamedTestsTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))`");

    @Test
    void testsNamedForThreatsExist() throws IOException {
        Set<String> files;
        try (var sources = Files.walk(Path.of("src"))) {
            files = sources.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
        List<String> threats = Files.readString(Path.of("docs", "security.md"))
                .lines()
                .filter(line -> line.startsWith("| "))
                .filter(line -> !line.startsWith("| threat |"))
                .toList();

        assertThat(threats)
                .isNotEmpty()
                .allSatisfy(threat -> assertThat(TEST.matcher(threat).results().map(named -> named.group(1) + ".java"))
                        .isNotEmpty()
                        .isSubsetOf(files));
    }
}
