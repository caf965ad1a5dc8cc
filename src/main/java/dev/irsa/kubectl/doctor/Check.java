package dev.irsa.kubectl.doctor;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.irsa.kubectl.diagnosis.Diagnosis;
import dev.irsa.kubectl.diagnosis.Result;
import dev.irsa.kubectl.diagnosis.Result.Outcome;
import dev.irsa.kubectl.output.Symbol;
import dev.irsa.kubectl.output.Table;
import dev.irsa.kubectl.output.Terminal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One check with its result. The names are part of the interface of the commands.
 *
 * @param cause the cause that it looks for
 * @param title what holds if the cause is absent
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Check(String cause, String title, Outcome state, String seen, String remedy) {
    /** Returns a check with this result. */
    public static Check of(String cause, String title, Result result) {
        return new Check(cause, title, result.outcome(), result.seen(), result.remedy());
    }

    /** Returns a table with one line for each check, and one for all that depend on the same failed one. */
    public static String table(List<Check> checks, Terminal terminal) {
        Table table = new Table(" ", "CHECK", "SEEN");
        Map<String, List<Check>> dependent = checks.stream()
                .filter(Check::dependsOnAnother)
                .collect(Collectors.groupingBy(Check::seen, LinkedHashMap::new, Collectors.toList()));
        checks.stream()
                .filter(check -> !check.dependsOnAnother())
                .forEach(check -> table.add(check.symbol().on(terminal), check.title(), check.seen()));
        dependent.forEach((reason, all) -> table.add(
                all.getFirst().symbol().on(terminal),
                all.size() == 1 ? all.getFirst().title() : all.size() + " other checks",
                reason));
        return table.format(terminal);
    }

    private boolean dependsOnAnother() {
        return state == Outcome.NotChecked && seen.startsWith(Diagnosis.DEPENDS_ON);
    }

    private Symbol symbol() {
        return switch (state) {
            case OK -> Symbol.OK;
            case Warning -> Symbol.WARNING;
            case Failed -> Symbol.FAILED;
            case NotChecked, NotApplicable -> Symbol.NOT_CHECKED;
        };
    }

    /** Returns everything about the check, which no terminal cuts. */
    public String details(String kind) {
        String whatToDo = remedy.isEmpty() ? "" : "  What to do: " + remedy + "\n";
        return kind + ": " + title + "\n  Seen: " + seen + "\n" + whatToDo + "\n";
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
                .filter(check -> check.state() == Outcome.NotChecked && !check.dependsOnAnother())
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
}
