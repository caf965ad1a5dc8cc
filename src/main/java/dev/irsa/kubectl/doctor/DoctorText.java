package dev.irsa.kubectl.doctor;

import dev.irsa.kubectl.doctor.DoctorReport.State;
import dev.irsa.kubectl.output.Terminal;

/** Formats a report for people: all checks in the order of the chain, then what was found in full, then what to do. */
public final class DoctorText {
    private DoctorText() {}

    /** Returns the lines, each with a line break. */
    public static String format(DoctorReport report, Terminal terminal) {
        StringBuilder text = new StringBuilder(subject(report)).append("\n\n");
        text.append(CheckLines.table(report.checks(), terminal)).append('\n');
        report.in(State.Failed).forEach(check -> text.append(CheckLines.details("Failed", check)));
        report.in(State.Warning).forEach(check -> text.append(CheckLines.details("Warning", check)));
        text.append(CheckLines.reasons(report.checks(), terminal));
        text.append(summary(report, terminal)).append('\n');
        report.notes().forEach(note -> text.append("- ").append(note).append('\n'));
        return text.toString();
    }

    private static String subject(DoctorReport report) {
        String pod = report.pod().isEmpty() ? "" : "Pod " + report.pod() + ", container " + report.container() + ", ";
        return pod + "ServiceAccount " + report.namespace() + "/" + report.serviceAccount() + ", delivery "
                + report.delivery();
    }

    private static String summary(DoctorReport report, Terminal terminal) {
        int unknown = report.in(State.NotChecked).size();
        if (!report.cause().isEmpty()) {
            return terminal.red("Cause: " + report.cause());
        }
        return terminal.bold(unknown == 0 ? "No check failed." : "No check failed; " + unknown + " could not be made.");
    }
}
