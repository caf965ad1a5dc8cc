package dev.irsa.integration.docs;

import dev.irsa.fixtures.docs.ShellBlock;
import dev.irsa.fixtures.docs.ShellBlocks;
import dev.irsa.integration.machine.Shell;
import java.util.ArrayList;
import java.util.List;

/**
 * The commands that are marked as run by one test, run as a reader would: each block whole, by a shell. It fails when
 * one of them was not run, so a mark cannot say what is not so.
 */
public final class GuideRun {
    /** What a test does with them. */
    @FunctionalInterface
    public interface Reader {
        /** Runs all of them, each in its time. */
        void read(GuideRun guide) throws Exception;
    }

    private final List<ShellBlock> left;
    private final Shell shell;

    private GuideRun(List<ShellBlock> left, Shell shell) {
        this.left = left;
        this.shell = shell;
    }

    /** Has all blocks run that have the mark {@code <!-- run by: … -->} of this test. */
    public static void of(Class<?> test, Shell shell, Reader reader) throws Exception {
        of(ShellBlocks.all().stream().filter(block -> block.isRunBy(test)).toList(), shell, reader);
    }

    static void of(List<ShellBlock> blocks, Shell shell, Reader reader) throws Exception {
        GuideRun guide = new GuideRun(new ArrayList<>(blocks), shell);
        reader.read(guide);
        if (!guide.left.isEmpty()) {
            throw new AssertionError("marked as run by this test and not run: " + guide.left);
        }
    }

    /** Runs the block that begins so, which must end well; answers what it printed. */
    public String run(String beginning) {
        List<ShellBlock> fitting = left.stream()
                .filter(block -> block.text().startsWith(beginning))
                .toList();
        if (fitting.isEmpty()) {
            throw new AssertionError("no block that begins with '" + beginning + "' is left of " + left);
        }
        // The same commands at two places are run once for both.
        ShellBlock block = fitting.getFirst();
        if (!fitting.stream().allMatch(other -> other.text().equals(block.text()))) {
            throw new AssertionError("more than one block begins with '" + beginning + "': " + fitting);
        }
        left.removeAll(fitting);
        return shell.run(block.text());
    }
}
