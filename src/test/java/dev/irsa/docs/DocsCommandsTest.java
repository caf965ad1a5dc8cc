package dev.irsa.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.docs.DocumentationPages;
import dev.irsa.fixtures.docs.ShellBlock;
import dev.irsa.fixtures.docs.ShellBlock.Mark;
import dev.irsa.fixtures.docs.ShellBlocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each command that a page shows is run by a test, or the line before it says what it needs that no test has. */
class DocsCommandsTest {
    private static final Path PAGE = Path.of("docs", "page.md");

    static Stream<ShellBlock> blocks() {
        return ShellBlocks.all().stream();
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void everyBlockIsMarked(ShellBlock block) throws IOException {
        switch (block.mark()) {
            case Mark.Missing missing ->
                throw new AssertionError("write '<!-- run by: … -->' or '<!-- needs: … -->' before " + block);
            // build: it is what make and .ci/run do, or a program that runs until it is told to stop.
            case Mark.Needs(List<String> things) ->
                assertThat(things).as("%s", block).isSubsetOf("aws", "cluster", "docker", "network", "build");
            case Mark.RunBy(String test) ->
                assertThat(sources(test))
                        .as("%s", block)
                        .singleElement()
                        .asString()
                        .contains("GuideRun.of(" + test + ".class");
        }
    }

    @Test
    void readsAllPages() {
        assertThat(DocumentationPages.all())
                .contains(Path.of("README.md"), Path.of("docs", "entitlements.md"), Path.of("CONTRIBUTING.md"));
        assertThat(blocks().map(ShellBlock::page)).contains(Path.of("README.md"), Path.of("docs", "ownership.md"));
    }

    @Test
    void readsMarkFromPrecedingLine() {
        assertThat(ShellBlocks.of(PAGE, """
                <!-- needs: aws, docker -->
                ```sh
                one
                ```
                <!-- run by: GuideIT -->

                ```bash
                two
                ```
                <!-- run by: GuideIT -->
                ```console
                three
                ```
                """))
                .containsExactly(
                        new ShellBlock(PAGE, 3, new Mark.Needs(List.of("aws", "docker")), "one"),
                        new ShellBlock(PAGE, 8, new Mark.Missing(), "two"),
                        new ShellBlock(PAGE, 12, new Mark.RunBy("GuideIT"), "three"));
    }

    @Test
    void stripsIndentOfBlockInList() {
        assertThat(ShellBlocks.of(PAGE, """
                1. First:

                   ~~~~ sh
                   one \\
                     two
                   ~~~
                   ~~~~
                """))
                .containsExactly(new ShellBlock(PAGE, 4, new Mark.Missing(), "one \\\n  two\n~~~"));
    }

    @Test
    void ignoresBlocksOfOtherLanguages() {
        assertThat(ShellBlocks.of(PAGE, """
                ```yaml
                a: b
                ```
                ````markdown
                ```sh
                shown, not run
                ```
                ````
                `sh` in a line
                """)).isEmpty();
    }

    private static List<String> sources(String test) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().equals(test + ".java"))
                    .toList();
            return found.isEmpty() ? List.of() : List.of(Files.readString(found.getFirst()));
        }
    }
}
