package dev.irsa.kubectl.output;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A table with aligned columns, as kubectl prints it. The last column is cut where the terminal ends. The other columns are
 * never cut, because users copy names from them; on a very narrow terminal, their lines wrap.
 */
public final class Table {
    private static final String GAP = "   ";
    /** What remains of the last column at least. */
    private static final int MIN_LAST = 12;

    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headings) {
        rows.add(List.of(headings));
    }

    /** Adds a row with one cell for each column. */
    public void add(String... cells) {
        if (cells.length != rows.getFirst().size()) {
            throw new IllegalArgumentException(cells.length + " cells in a table of " + rows.getFirst());
        }
        rows.add(List.of(cells));
    }

    /** Returns the lines, each with a line break. */
    public String format(Terminal terminal) {
        int last = rows.getFirst().size() - 1;
        int[] widths = new int[last];
        int before = 0;
        for (int column = 0; column < last; column++) {
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], width(row.get(column)));
            }
            before += widths[column] + GAP.length();
        }
        int room = Math.max(terminal.width() - before, MIN_LAST);
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            text.append(beginning(row, widths)
                            .append(cut(row.get(last), room, terminal))
                            .toString()
                            .stripTrailing())
                    .append('\n');
        }
        return text.toString();
    }

    private static StringBuilder beginning(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            line.append(cell).repeat(' ', widths[column] - width(cell)).append(GAP);
        }
        return line;
    }

    /** Returns the number of columns that a cell needs. Colors need none. */
    private static int width(String cell) {
        String visible = COLOUR.matcher(cell).replaceAll("");
        return visible.codePointCount(0, visible.length());
    }

    /** Returns the cell, shortened without its colors if it is too long. */
    private static String cut(String cell, int room, Terminal terminal) {
        if (width(cell) <= room) {
            return cell;
        }
        String ellipsis = terminal.unicode() ? "…" : "...";
        String visible = COLOUR.matcher(cell).replaceAll("");
        return visible.substring(0, visible.offsetByCodePoints(0, room - ellipsis.length())) + ellipsis;
    }
}
