package dev.irsa.integration.docs;

import dev.irsa.fixtures.docs.ShellBlock;
import dev.irsa.fixtures.docs.ShellBlocks;
import dev.irsa.integration.machine.Shell;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the blocks of commands that the documentation marks as run by a test, each in a shell. Fails if a marked block
 * was not run, so that the marks stay true.
 */
public final class GuideRun {
    /** Runs the blocks of one test. */
    @FunctionalInterface
    public interface Reader {
        /** Runs all blocks. */
        void read(GuideRun guide) throws Exception;
    }

    private final List<ShellBlock> left;
    private final Shell shell;

    private GuideRun(List<ShellBlock> left, Shell shell) {
        this.left = left;
        this.shell = shell;
    }

    /** Runs all blocks with the mark {@code <!-- run by: … -->} of this test. */
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

    /** Runs the block that starts with this text and returns its output. The block must succeed. */
    public String run(String beginning) {
        return run(shell, beginning);
    }

    /** Runs a block as {@link #run(String)}, but in the shell of another user. */
    public String run(Shell user, String beginning) {
        List<ShellBlock> fitting = left.stream()
                .filter(block -> block.text().startsWith(beginning))
                .toList();
        if (fitting.isEmpty()) {
            throw new AssertionError("no block that begins with '" + beginning + "' is left of " + left);
        }
        // Blocks with the same commands run once.
        ShellBlock block = fitting.getFirst();
        if (!fitting.stream().allMatch(other -> other.text().equals(block.text()))) {
            throw new AssertionError("more than one block begins with '" + beginning + "': " + fitting);
        }
        left.removeAll(fitting);
        return user.run(block.text());
    }
}
