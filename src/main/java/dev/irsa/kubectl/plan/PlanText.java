package dev.irsa.kubectl.plan;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.plan.AssociationChange.CreatePodIdentityAssociation;
import dev.irsa.core.plan.AssociationChange.DeletePodIdentityAssociation;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.RoleChange.AttachRolePolicy;
import dev.irsa.core.plan.RoleChange.CreateRole;
import dev.irsa.core.plan.RoleChange.DeleteRole;
import dev.irsa.core.plan.RoleChange.DeleteRolePolicy;
import dev.irsa.core.plan.RoleChange.DetachRolePolicy;
import dev.irsa.core.plan.RoleChange.PutRolePolicy;
import dev.irsa.core.plan.RoleChange.UntagRole;
import dev.irsa.core.plan.ServiceAccountChange.CreateServiceAccount;
import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.output.Symbol;
import dev.irsa.kubectl.output.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Formats a plan for people, in the form that they know from other tools: one block for each resource, then a summary. */
public final class PlanText {
    private static final String SEPARATOR = ", ";

    private PlanText() {}

    /** Returns the text. Resources with neither changes nor remarks are in the summary only. */
    public static String of(PlanResult plan, Terminal terminal) {
        StringBuilder text = new StringBuilder();
        plan.accounts().stream()
                .filter(account -> account.action() != PlanAction.none || account.isBlocked())
                .forEach(account -> append(text, account, terminal));
        for (PlannedResource resource : plan.resources()) {
            if (resource.action() != PlanAction.none || !resource.remarks().isEmpty()) {
                append(text, resource, terminal);
            }
        }
        return text.append(summary(plan)).append('\n').toString();
    }

    private static void append(StringBuilder text, PlannedAccount account, Terminal terminal) {
        text.append(account.action().symbol().on(terminal))
                .append(' ')
                .append(terminal.bold(
                        PlainText.line("IamAccount " + account.name() + " (" + account.accountID() + ")")))
                .append(": ")
                .append(account.action().label())
                .append("\n    ")
                .append(account.isBlocked() ? Symbol.FAILED.on(terminal) + " " : "")
                .append(account.reason())
                .append(account.reason().isEmpty() ? "" : ": ")
                .append(PlainText.line(account.message()))
                .append("\n\n");
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
            line(text, symbol(change, action == PlanAction.create), description, terminal);
            details(change)
                    .forEach(detail -> text.append(terminal.cut(" ".repeat(8) + PlainText.line(detail)))
                            .append('\n'));
        }
        if (resource.addsFinalizer() && resource.changes().isEmpty()) {
            line(text, Symbol.ADD, "add the finalizer to the resource", terminal);
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
        resource.remarks()
                .forEach(remark -> text.append("    ")
                        .append(Symbol.WARNING.on(terminal))
                        .append(' ')
                        .append(PlainText.line(remark))
                        .append('\n'));
        text.append('\n');
    }

    /** Returns whether the condition says more than that the resource is Ready. */
    private static boolean explains(PlannedResource resource) {
        return !resource.message().isEmpty() && !resource.reason().equals("Ready");
    }

    private static void line(StringBuilder text, Symbol symbol, String description, Terminal terminal) {
        String cut = terminal.cut("      " + description).substring(6);
        text.append("    ").append(symbol.on(terminal)).append(' ').append(cut).append('\n');
    }

    /**
     * Returns whether the change adds, changes, or removes something.
     *
     * @param creates whether the role is created by the same plan
     */
    private static Symbol symbol(Change change, boolean creates) {
        return switch (change) {
            case PutRolePolicy put when creates -> Symbol.ADD;
            case CreateRole create -> Symbol.ADD;
            case AttachRolePolicy attach -> Symbol.ADD;
            case CreateServiceAccount create -> Symbol.ADD;
            case CreatePodIdentityAssociation create -> Symbol.ADD;
            case DeleteRole delete -> Symbol.REMOVE;
            case DetachRolePolicy detach -> Symbol.REMOVE;
            case DeleteRolePolicy delete -> Symbol.REMOVE;
            case UntagRole untag -> Symbol.REMOVE;
            case DeletePodIdentityAssociation delete -> Symbol.REMOVE;
            default -> Symbol.CHANGE;
        };
    }

    /** Returns the properties of a role that is created with them, or the document of an inline policy; empty for every other change. */
    private static List<String> details(Change change) {
        if (change instanceof PutRolePolicy put) {
            return List.of("document: " + put.document().text());
        }
        if (!(change instanceof CreateRole(DesiredRole role))) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("trust policy: " + role.trust().text());
        lines.add("permissions boundary: " + role.boundary().orElse("none"));
        lines.add("maximum session: " + role.maxSessionSeconds() + " s");
        if (!role.description().isEmpty()) {
            lines.add("description: " + role.description());
        }
        role.tags().forEach((key, value) -> lines.add("tag: " + key + "=" + value));
        return lines;
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
