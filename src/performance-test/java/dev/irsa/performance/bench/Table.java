package dev.irsa.performance.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A Markdown table that is also readable as text.
 *
 * @param head one cell per column
 * @param rows as wide as the head
 */
public record Table(List<String> head, List<List<String>> rows) {
    public Table {
        head = List.copyOf(head);
        rows = rows.stream().map(List::copyOf).toList();
        for (var row : rows) {
            if (row.size() != head.size()) {
                throw new IllegalArgumentException(
                        "a row of " + row.size() + " cells in a table of " + head.size() + " columns: " + row);
            }
        }
    }

    /** Aligns the first column left and the others, which are numbers, right. */
    public String markdown() {
        var lines = new ArrayList<String>();
        lines.add(line(head));
        lines.add(IntStream.range(0, head.size())
                .mapToObj(column ->
                        column == 0 ? "|" + "-".repeat(width(column) + 2) : "|" + "-".repeat(width(column) + 1) + ":")
                .collect(Collectors.joining("", "", "|")));
        rows.forEach(row -> lines.add(line(row)));
        return String.join("\n", lines) + "\n";
    }

    private String line(List<String> cells) {
        return IntStream.range(0, cells.size())
                .mapToObj(column -> {
                    var cell = escaped(cells.get(column));
                    var blanks = " ".repeat(width(column) - cell.length());
                    return column == 0 ? cell + blanks : blanks + cell;
                })
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    private int width(int column) {
        var all = new ArrayList<>(rows);
        all.add(head);
        return all.stream()
                .mapToInt(row -> escaped(row.get(column)).length())
                .max()
                .orElse(0);
    }

    private static String escaped(String cell) {
        return cell.replace("|", "\\|");
    }
}
