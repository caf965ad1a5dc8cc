package dev.irsa.docs;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Commands that a page shows.
 *
 * @param line of its first command, from 1
 * @param mark what the line before it says of who runs it
 * @param text the commands, as a shell reads them
 */
public record ShellBlock(Path page, int line, Mark mark, String text) {
    /** Who runs a block. */
    public sealed interface Mark {
        /** A test: {@code <!-- run by: GuideIT -->}, with the simple name of its class. */
        record RunBy(String test) implements Mark {}

        /** None, since it needs what no test has: {@code <!-- needs: aws, cluster -->}. */
        record Needs(List<String> things) implements Mark {
            /** Copies the things. */
            public Needs {
                things = List.copyOf(things);
            }
        }

        /** Nothing is said. */
        record Missing() implements Mark {}

        /** What that line, if any, says. */
        static Mark of(@Nullable String line) {
            String words = line == null ? "" : line.strip();
            if (!words.startsWith("<!-- ") || !words.endsWith(" -->")) {
                return new Missing();
            }
            String mark = words.substring("<!-- ".length(), words.length() - " -->".length());
            if (mark.startsWith("run by: ")) {
                return new RunBy(mark.substring("run by: ".length()));
            }
            return mark.startsWith("needs: ")
                    ? new Needs(List.of(mark.substring("needs: ".length()).split(", ", -1)))
                    : new Missing();
        }
    }

    /** Whether a test is to run it. */
    boolean isRunBy(Class<?> test) {
        return mark.equals(new Mark.RunBy(test.getSimpleName()));
    }

    @Override
    public String toString() {
        return page + ":" + line + " " + mark + "\n" + text;
    }
}
