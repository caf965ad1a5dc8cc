package dev.irsa.kubectl.doctor;

import dev.irsa.kubectl.diagnosis.Diagnosis;
import dev.irsa.kubectl.doctor.DoctorReport.Check;
import dev.irsa.kubectl.doctor.DoctorReport.State;
import dev.irsa.kubectl.output.Symbol;
import dev.irsa.kubectl.output.Table;
import dev.irsa.kubectl.output.Terminal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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

    /**
     * Returns why checks were not made, if the table was cut to the width of the terminal. A check that depends on another one is
     * left out.
     */
    public static String reasons(List<Check> checks, Terminal terminal) {
        if (terminal.width() == Integer.MAX_VALUE) {
            return "";
        }
        Map<String, List<String>> byReason = checks.stream()
                .filter(check ->
                        check.state() == State.NotChecked && !check.seen().startsWith(Diagnosis.DEPENDS_ON))
                .collect(Collectors.groupingBy(
                        Check::seen, LinkedHashMap::new, Collectors.mapping(Check::title, Collectors.toList())));
        StringBuilder text = new StringBuilder();
        byReason.forEach((reason, titles) -> text.append("Not checked: ")
                .append(String.join(", ", titles))
                .append("\n  Why: ")
                .append(reason)
                .append("\n\n"));
        return text.toString();
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
