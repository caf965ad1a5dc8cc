package dev.irsa.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the README shows is what the files hold. */
class ReadmeTest {
    @Test
    void exampleMatchesSample() throws IOException {
        String sample = Files.readString(Path.of("deploy", "samples", "invoices.yaml"))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.joining("\n"));

        assertThat(Files.readString(Path.of("README.md"))).contains("```yaml\n" + sample + "\n```");
    }
}
