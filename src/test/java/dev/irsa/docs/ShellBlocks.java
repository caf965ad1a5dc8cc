package dev.irsa.docs;

import dev.irsa.docs.ShellBlock.Mark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the commands that pages show. Source: CommonMark, "Fenced code blocks". */
public final class ShellBlocks {
    private static final Pattern FENCE = Pattern.compile("( *)(`{3,}|~{3,}) *([\\w-]*).*");
    private static final Pattern SHELL = Pattern.compile("sh|shell|bash|zsh|console|shell-session");

    private ShellBlocks() {}

    /** Those of all pages. */
    static List<ShellBlock> all() {
        return Pages.all().flatMap(page -> of(page, Pages.read(page)).stream()).toList();
    }

    static List<ShellBlock> of(Path page, String text) {
        List<ShellBlock> blocks = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (!fence.matches()) {
                continue;
            }
            int first = i + 1;
            i = first;
            while (i < lines.size()
                    && !lines.get(i)
                            .strip()
                            .matches(fence.group(2) + fence.group(2).charAt(0) + "*")) {
                i++;
            }
            if (SHELL.matcher(fence.group(3)).matches()) {
                int indent = fence.group(1).length();
                blocks.add(new ShellBlock(
                        page,
                        first + 1,
                        Mark.of(first < 2 ? "" : lines.get(first - 2)),
                        String.join(
                                "\n",
                                lines.subList(first, i).stream()
                                        .map(line -> line.substring(Math.min(indent, line.length())))
                                        .toList())));
            }
        }
        return blocks;
    }
}
