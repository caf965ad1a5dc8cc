package dev.irsa.integration.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.fixtures.docs.ShellBlock;
import dev.irsa.fixtures.docs.ShellBlock.Mark;
import dev.irsa.integration.machine.Shell;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a mark from saying what is not so. */
class GuideRunTest {
    @TempDir
    private Path folder;

    @Test
    void runsWholeBlockInShell() {
        assertThatCode(() -> run(
                        List.of("x='a b'\necho \"$x\" | tr a c"),
                        guide -> assertThat(guide.run("x=")).isEqualTo("c b\n")))
                .doesNotThrowAnyException();
    }

    @Test
    void failsOnBlockThatWasNotRun() {
        assertThatThrownBy(() -> run(List.of("echo one", "echo two"), guide -> guide.run("echo one")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("not run")
                .hasMessageContaining("echo two")
                .hasMessageNotContaining("echo one");
    }

    @Test
    void failsOnUnknownBlock() {
        assertThatThrownBy(() -> run(List.of(), guide -> guide.run("echo one")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no block");
    }

    @Test
    void failsOnFailingCommandInBlock() {
        for (String commands : List.of("false\necho done", "false | cat\necho done")) {
            assertThatThrownBy(() -> run(List.of(commands), guide -> guide.run("false")))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("ended with 1");
        }
    }

    @Test
    void runsIdenticalBlocksOnce() {
        assertThatCode(() -> run(List.of("echo one", "echo one"), guide -> guide.run("echo")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> run(List.of("echo one", "echo two"), guide -> guide.run("echo")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("more than one block");
    }

    private void run(List<String> blocks, GuideRun.Reader reader) throws Exception {
        GuideRun.of(
                blocks.stream()
                        .map(text -> new ShellBlock(Path.of("page.md"), 1, new Mark.RunBy("GuideIT"), text))
                        .toList(),
                new Shell(folder, Map.of()),
                reader);
    }
}
