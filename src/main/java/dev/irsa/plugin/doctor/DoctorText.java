package dev.irsa.plugin.doctor;

import dev.irsa.plugin.doctor.DoctorReport.Check;
import dev.irsa.plugin.doctor.DoctorReport.State;
import dev.irsa.plugin.output.Symbol;
import dev.irsa.plugin.output.Table;
import dev.irsa.plugin.output.Terminal;

/** Formats a report for people: all checks in the order of the chain, then what was found in full, then what to do. */
public final class DoctorText {
    private DoctorText() {}

    /** Returns the lines, each with a line break. */
    public static String format(DoctorReport report, Terminal terminal) {
        StringBuilder text = new StringBuilder(subject(report)).append("\n\n");
        Table table = new Table(" ", "CHECK", "SEEN");
        report.checks().forEach(check -> table.add(symbol(check.state()).on(terminal), check.title(), check.seen()));
        text.append(table.format(terminal)).append('\n');
        report.in(State.Failed).forEach(check -> text.append(details("Failed", check)));
        report.in(State.Warning).forEach(check -> text.append(details("Warning", check)));
        text.append(summary(report, terminal)).append('\n');
        report.notes().forEach(note -> text.append("- ").append(note).append('\n'));
        return text.toString();
    }

    private static String subject(DoctorReport report) {
        String pod = report.pod().isEmpty() ? "" : "Pod " + report.pod() + ", container " + report.container() + ", ";
        return pod + "ServiceAccount " + report.namespace() + "/" + report.serviceAccount() + ", delivery "
                + report.delivery();
    }

    private static Symbol symbol(State state) {
        return switch (state) {
            case OK -> Symbol.OK;
            case Warning -> Symbol.WARNING;
            case Failed -> Symbol.FAILED;
            case NotChecked -> Symbol.NOT_CHECKED;
        };
    }

    private static String details(String kind, Check check) {
        String remedy = check.remedy().isEmpty() ? "" : "  What to do: " + check.remedy() + "\n";
        return kind + ": " + check.title() + "\n  Seen: " + check.seen() + "\n" + remedy + "\n";
    }

    private static String summary(DoctorReport report, Terminal terminal) {
        int unknown = report.in(State.NotChecked).size();
        if (!report.cause().isEmpty()) {
            return terminal.red("Cause: " + report.cause());
        }
        return terminal.bold(
                unknown == 0 ? "No check failed." : "No check failed; " + unknown + " could not be made.");
    }
}
