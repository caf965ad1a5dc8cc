package dev.irsa.kubectl.explain;

import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.doctor.CheckLines;
import dev.irsa.kubectl.doctor.DoctorReport.Check;
import dev.irsa.kubectl.doctor.DoctorReport.State;
import dev.irsa.kubectl.explain.Explanation.Role;
import dev.irsa.kubectl.output.Terminal;
import java.util.List;
import java.util.Optional;

/** Formats an explanation for people: what the resource asks for, every link, and the first broken one with the way out. */
public final class ExplainText {
    private static final int LABEL = 16;

    private ExplainText() {}

    /** Returns the lines, each with a line break. */
    public static String of(Explanation explained, Terminal terminal) {
        StringBuilder text = new StringBuilder(
                        terminal.bold("IamServiceAccount " + explained.namespace() + "/" + explained.name()))
                .append('\n');
        Role role = explained.role();
        line(text, "Role", role.arn());
        line(text, "Boundary", role.boundary());
        line(text, "Policies", String.join(", ", role.managedPolicies()));
        line(text, "Inline policies", String.join(", ", role.inlinePolicies()));
        role.templatePolicies()
                .forEach((name, document) -> line(text, "  " + PlainText.line(name), PlainText.line(document)));
        line(text, "ServiceAccount", role.serviceAccount());
        line(text, "Additional", String.join(", ", role.additionalServiceAccounts()));
        line(text, "Delivery", String.join(", ", role.delivery()));
        text.append('\n').append(CheckLines.table(explained.links(), terminal)).append('\n');
        Optional<Check> broken = explained.firstBroken();
        if (broken.isPresent()) {
            text.append(terminal.red(CheckLines.details("Broken", broken.get()).stripTrailing()))
                    .append('\n');
        } else {
            explained.links().stream()
                    .filter(link -> link.state() == State.Warning)
                    .forEach(link -> text.append(CheckLines.details("Warning", link)));
            text.append(CheckLines.reasons(explained.links(), terminal));
            text.append(terminal.bold(summary(explained.links()))).append('\n');
            explained.notes().forEach(note -> text.append("- ").append(note).append('\n'));
        }
        return text.toString();
    }

    private static String summary(List<Check> links) {
        long unknown =
                links.stream().filter(link -> link.state() == State.NotChecked).count();
        return unknown == 0 ? "No link is broken." : "No link is broken; " + unknown + " could not be checked.";
    }

    private static void line(StringBuilder text, String label, String value) {
        if (!value.isEmpty()) {
            text.append("  ")
                    .append(label)
                    .repeat(' ', Math.max(1, LABEL - label.length()))
                    .append(value)
                    .append('\n');
        }
    }
}
