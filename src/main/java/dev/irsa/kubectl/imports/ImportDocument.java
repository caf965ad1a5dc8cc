package dev.irsa.kubectl.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.irsa.core.plan.Change;
import dev.irsa.kubectl.get.NotRead;
import dev.irsa.kubectl.imports.ImportedAccount.Effect;
import dev.irsa.kubectl.plan.PlannedResource;
import dev.irsa.kubectl.rolespec.RoleImport.Importable;
import dev.irsa.kubectl.rolespec.RoleImport.Refused;
import java.util.List;
import java.util.Locale;

/** An import for programs. */
public record ImportDocument(
        List<Account> accounts,
        List<String> entitlements,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<NotRead> notRead) {
    /**
     * One ServiceAccount.
     *
     * @param account the name of the IamAccount; empty for the account of the operator, and if the role is refused
     * @param effect what the adoption changes: {@code ownership_only}, {@code changes}, {@code creation}, {@code blocked}, or {@code refused}
     * @param changes beyond ownership
     * @param reason why it is blocked or refused; empty if it is not
     * @param instead what to do instead; empty if it is not refused
     */
    public record Account(
            String namespace,
            String serviceAccount,
            String roleArn,
            String account,
            String maker,
            boolean makerCertain,
            String effect,
            List<String> changes,
            List<String> notes,
            String reason,
            String instead) {}

    /** Returns the document. */
    public static ImportDocument of(ImportPlan plan) {
        return new ImportDocument(
                plan.accounts().stream().map(ImportDocument::account).toList(),
                plan.entitlements().stream()
                        .map(entitlement -> entitlement.getMetadata().getName())
                        .toList(),
                plan.notRead());
    }

    private static Account account(ImportedAccount account) {
        String blocked = account.effect() == Effect.BLOCKED
                ? account.plan().map(PlannedResource::message).orElse("")
                : "";
        return new Account(
                account.key().namespace(),
                account.key().name(),
                account.candidate().roleArn(),
                account.iamAccount(),
                account.maker().maker().id(),
                account.maker().certain(),
                account.effect().name().toLowerCase(Locale.ROOT),
                account.changesBeyondOwnership().stream().map(Change::describe).toList(),
                account.result() instanceof Importable(var _, var notes) ? notes : List.of(),
                account.result() instanceof Refused(var why, var _) ? why : blocked,
                account.result() instanceof Refused(var _, var instead) ? instead : "");
    }
}
