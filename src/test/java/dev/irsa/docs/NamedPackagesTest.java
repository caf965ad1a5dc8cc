package dev.irsa.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.docs.DocumentationPages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever looks for a package finds it in the page on the architecture, and one of tests in that for contributors. */
class NamedPackagesTest {
    @Test
    void architecturePageNamesEachPackage() throws IOException {
        String page = DocumentationPages.read(Path.of("docs", "architecture.md"));

        for (String folder : List.of("", "core", "kubectl")) {
            assertThat(packages(folder))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(page).containsPattern("(?m)^  " + name + "(\\.\\w+)? "));
        }
    }

    @Test
    void contributingPageNamesEachSourceRoot() throws IOException {
        String page = DocumentationPages.read(Path.of("CONTRIBUTING.md"));
        try (Stream<Path> roots = Files.list(Path.of("src"))) {
            assertThat(roots.map(Path::toString))
                    .isNotEmpty()
                    .allSatisfy(root -> assertThat(page).contains("`" + root + "`"));
        }
    }

    private static List<String> packages(String folder) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src", "main", "java", "dev", "irsa", folder))) {
            return files.filter(Files::isDirectory)
                    .map(found -> found.getFileName().toString())
                    .toList();
        }
    }
}
