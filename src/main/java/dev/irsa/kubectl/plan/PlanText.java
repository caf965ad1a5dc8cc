package dev.irsa.kubectl.plan;

import dev.irsa.core.plan.Change;
import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.output.Symbol;
import dev.irsa.kubectl.output.Terminal;
import java.util.StringJoiner;

/** Formats a plan for people, in the form that they know from other tools: one block for each resource, then a summary. */
public final class PlanText {
    private static final String SEPARATOR = ", ";

    private PlanText() {}

    /** Returns the text. Resources without changes are in the summary only. */
    public static String of(PlanResult plan, Terminal terminal) {
        StringBuilder text = new StringBuilder();
        for (PlannedResource resource : plan.resources()) {
            if (resource.action() != PlanAction.none) {
                append(text, resource, terminal);
            }
        }
        return text.append(summary(plan)).append('\n').toString();
    }

    private static void append(StringBuilder text, PlannedResource resource, Terminal terminal) {
        PlanAction action = resource.action();
        text.append(action.symbol().on(terminal))
                .append(' ')
                .append(terminal.bold(PlainText.line(resource.namespace() + "/" + resource.name())))
                .append(": ")
                .append(action.label())
                .append('\n');
        for (Change change : resource.changes()) {
            String description = PlainText.line(change.describe());
            line(text, 4, ChangeLines.symbol(change, action == PlanAction.create), description, terminal);
            ChangeLines.details(change)
                    .forEach(detail -> text.append(terminal.cut(" ".repeat(8) + PlainText.line(detail)))
                            .append('\n'));
        }
        if (resource.addsFinalizer() && resource.changes().isEmpty()) {
            line(text, 4, Symbol.ADD, "add the finalizer to the resource", terminal);
        }
        if (explains(resource)) {
            // A message says what to do, so it is never cut.
            text.append("    ")
                    .append((resource.isBlocked() ? Symbol.FAILED : Symbol.WARNING).on(terminal))
                    .append(' ')
                    .append(resource.reason())
                    .append(resource.reason().isEmpty() ? "" : ": ")
                    .append(PlainText.line(resource.message()))
                    .append('\n');
        }
        text.append('\n');
    }

    /** Returns whether the condition says more than that the resource is Ready. */
    private static boolean explains(PlannedResource resource) {
        return !resource.message().isEmpty() && !resource.reason().equals("Ready");
    }

    private static void line(StringBuilder text, int indent, Symbol symbol, String description, Terminal terminal) {
        String cut = terminal.cut(" ".repeat(indent + 2) + description).substring(indent + 2);
        text.repeat(' ', indent)
                .append(symbol.on(terminal))
                .append(' ')
                .append(cut)
                .append('\n');
    }

    private static String summary(PlanResult plan) {
        StringJoiner counts = new StringJoiner(SEPARATOR, "Plan: ", ".");
        for (PlanAction action : PlanAction.values()) {
            long count = plan.count(action);
            if (action.changes() || count > 0) {
                counts.add(count + " " + action.label());
            }
        }
        long blocked = plan.resources().stream()
                .filter(resource -> resource.isBlocked() && resource.action().changes())
                .count();
        if (blocked > 0) {
            counts.add(blocked + " of them not completely");
        }
        return counts.toString();
    }
}
