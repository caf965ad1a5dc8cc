package dev.irsa.kubectl.imports;

import dev.irsa.core.text.PlainText;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a page of Markdown. */
final class Markdown {
    private final StringBuilder page = new StringBuilder();

    /** Returns a value as code within a sentence, on one line. */
    static String code(String value) {
        return "`" + PlainText.line(value).replace('`', '\'') + "`";
    }

    /** Returns a value as code in a cell of a table. */
    static String cell(String value) {
        return code(value).replace("|", "\\|");
    }

    Markdown heading(int level, String text) {
        return block("#".repeat(level) + " " + PlainText.line(text));
    }

    /** Adds paragraphs. A single line break in the text is a space. */
    Markdown paragraph(String text) {
        return block(text.strip().replaceAll("(?<!\n)\n(?!\n)", " "));
    }

    /** Adds a table with the names of its columns and its rows, all without the outer bars. */
    Markdown table(List<String> columns, List<String> rows) {
        String header = "| " + String.join(" | ", columns) + " |\n" + "|---".repeat(columns.size()) + "|";
        return block(header + rows.stream().map(row -> "\n| " + row + " |").collect(Collectors.joining()));
    }

    Markdown bullets(List<String> items) {
        return block("- " + String.join("\n- ", items));
    }

    /** Adds commands. Each may have several lines. */
    Markdown shell(List<String> commands) {
        return fenced("sh", String.join("\n", commands));
    }

    Markdown shell(String... commands) {
        return shell(List.of(commands));
    }

    Markdown fenced(String language, String text) {
        return block("```" + language + "\n" + text + "\n```");
    }

    private Markdown block(String text) {
        if (!page.isEmpty()) {
            page.append('\n');
        }
        page.append(text).append('\n');
        return this;
    }

    /** Returns the page so far. */
    String text() {
        return page.toString();
    }
}
