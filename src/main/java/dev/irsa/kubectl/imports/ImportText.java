package dev.irsa.kubectl.imports;

import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamEntitlementSpec;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.RoleChange.UpdateAssumeRolePolicy;
import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.imports.ImportedAccount.Effect;
import dev.irsa.kubectl.output.Symbol;
import dev.irsa.kubectl.output.Table;
import dev.irsa.kubectl.output.Terminal;
import dev.irsa.kubectl.plan.PlannedResource;
import dev.irsa.kubectl.rolespec.RoleImport.Importable;
import dev.irsa.kubectl.rolespec.RoleImport.Refused;
import java.util.List;

/** Formats an import for people: a table, then what they have to read before they go on, then a summary. */
public final class ImportText {
    private ImportText() {}

    /** Returns the text. */
    public static String of(ImportPlan plan, Terminal terminal) {
        Table table = new Table("NAMESPACE", "SERVICEACCOUNT", "ROLE", "CREATED BY", "ADOPTION CHANGES");
        StringBuilder details = new StringBuilder();
        for (ImportedAccount account : plan.accounts()) {
            table.add(
                    PlainText.line(account.key().namespace()),
                    PlainText.line(account.key().name()),
                    PlainText.line(
                            (account.iamAccount().isEmpty() ? "" : account.iamAccount() + ":") + account.roleName()),
                    maker(account),
                    effect(account));
            details.append(details(account, terminal));
        }
        plan.entitlements().forEach(entitlement -> details.append(details(entitlement, terminal)));
        return table.format(terminal) + details + "\n" + summary(plan) + "\n";
    }

    /** Shows what an entitlement allows beyond the imported roles, because it limits no resources. */
    private static String details(IamEntitlement entitlement, Terminal terminal) {
        StringBuilder text = new StringBuilder();
        IamEntitlementSpec spec = entitlement.getSpec();
        if (!spec.allow().inlineActions().isEmpty()) {
            line(
                    text,
                    Symbol.WARNING,
                    "inline policies of the namespace may allow these actions on every resource: "
                            + String.join(", ", spec.allow().inlineActions()),
                    terminal);
        }
        if (spec.require().permissionsBoundaryARN() == null) {
            line(text, Symbol.WARNING, "it requires no permissions boundary, because the roles have none", terminal);
        }
        String name = "IamEntitlement " + entitlement.getMetadata().getName();
        return "\n" + terminal.bold(name) + "\n" + text;
    }

    private static String maker(ImportedAccount account) {
        String title = account.maker().maker().title();
        return account.maker().certain() || account.maker().evidence().isEmpty() ? title : title + "?";
    }

    private static String effect(ImportedAccount account) {
        return switch (account.effect()) {
            case OWNERSHIP_ONLY -> "only ownership tags";
            case CHANGES -> "more: " + account.changesBeyondOwnership().size();
            case CREATION -> "creates a role";
            case BLOCKED ->
                "blocked: " + account.plan().map(PlannedResource::reason).orElse("");
            case REFUSED -> "refused";
        };
    }

    private static String details(ImportedAccount account, Terminal terminal) {
        StringBuilder text = new StringBuilder();
        switch (account.result()) {
            case Refused(String why, String instead) -> {
                line(text, Symbol.FAILED, "refused: " + why, terminal);
                text.append("    instead: ").append(PlainText.line(instead)).append('\n');
            }
            case Importable(var _, List<String> notes) -> accepted(text, account, notes, terminal);
        }
        String name = account.key().namespace() + "/" + account.key().name();
        return text.isEmpty() ? "" : "\n" + terminal.bold(PlainText.line(name)) + "\n" + text;
    }

    private static void accepted(StringBuilder text, ImportedAccount account, List<String> notes, Terminal terminal) {
        account.plan()
                .filter(_ -> account.effect() == Effect.BLOCKED)
                .ifPresent(plan -> line(text, Symbol.FAILED, plan.reason() + ": " + plan.message(), terminal));
        for (Change change : account.changesBeyondOwnership()) {
            line(text, Symbol.CHANGE, describe(change), terminal);
        }
        notes.forEach(note -> line(text, Symbol.WARNING, note, terminal));
    }

    /** A trust policy is too long for a line. The notes say what it means for the tokens. */
    private static String describe(Change change) {
        return change instanceof UpdateAssumeRolePolicy trust
                ? trust.describeDone() + ", in the form of the operator; -o json shows both documents"
                : change.describe();
    }

    /** A message says what to do, so it is never cut. */
    private static void line(StringBuilder text, Symbol symbol, String message, Terminal terminal) {
        text.append("  ")
                .append(symbol.on(terminal))
                .append(' ')
                .append(PlainText.line(message))
                .append('\n');
    }

    private static String summary(ImportPlan plan) {
        return "Import: " + count(plan, Effect.OWNERSHIP_ONLY) + " with ownership tags only, "
                + count(plan, Effect.CHANGES) + " with more changes, "
                + count(plan, Effect.CREATION) + " created, " + count(plan, Effect.BLOCKED)
                + " blocked, " + count(plan, Effect.REFUSED) + " refused."
                + (plan.entitlements().isEmpty()
                        ? ""
                        : " Entitlements to add: " + plan.entitlements().size() + ".");
    }

    private static long count(ImportPlan plan, Effect effect) {
        return plan.accounts().stream()
                .filter(account -> account.effect() == effect)
                .count();
    }
}
