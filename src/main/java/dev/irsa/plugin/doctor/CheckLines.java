package dev.irsa.plugin.doctor;

import dev.irsa.plugin.doctor.DoctorReport.Check;
import dev.irsa.plugin.doctor.DoctorReport.State;
import dev.irsa.plugin.output.Symbol;
import dev.irsa.plugin.output.Table;
import dev.irsa.plugin.output.Terminal;
import java.util.List;

/** Formats checks for people. */
public final class CheckLines {
    private CheckLines() {}

    /** Returns a table with one line for each check. */
    public static String table(List<Check> checks, Terminal terminal) {
        Table table = new Table(" ", "CHECK", "SEEN");
        checks.forEach(check -> table.add(symbol(check.state()).on(terminal), check.title(), check.seen()));
        return table.format(terminal);
    }

    /** Returns everything about one check, which no terminal cuts. */
    public static String details(String kind, Check check) {
        String remedy = check.remedy().isEmpty() ? "" : "  What to do: " + check.remedy() + "\n";
        return kind + ": " + check.title() + "\n  Seen: " + check.seen() + "\n" + remedy + "\n";
    }

    private static Symbol symbol(State state) {
        return switch (state) {
            case OK -> Symbol.OK;
            case Warning -> Symbol.WARNING;
            case Failed -> Symbol.FAILED;
            case NotChecked -> Symbol.NOT_CHECKED;
        };
    }
}
