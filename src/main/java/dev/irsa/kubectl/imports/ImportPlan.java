package dev.irsa.kubectl.imports;

import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.kubectl.get.NotRead;
import java.util.Comparator;
import java.util.List;

/**
 * The resources for the roles of others, with a proof for each, and what they need.
 *
 * @param entitlements those that the resources need and the cluster does not have
 * @param warnings what users should know before they rely on the plan
 * @param notRead the AWS accounts in which roles may be, and that could not be read
 */
public record ImportPlan(
        List<ImportedAccount> accounts,
        List<IamEntitlement> entitlements,
        List<String> warnings,
        List<NotRead> notRead) {
    public ImportPlan {
        accounts = List.copyOf(accounts);
        entitlements = List.copyOf(entitlements);
        warnings = List.copyOf(warnings);
        notRead = List.copyOf(notRead);
    }

    /** Creates the plan of an account. */
    ImportPlan(List<ImportedAccount> accounts, List<IamEntitlement> entitlements, List<String> warnings) {
        this(accounts, entitlements, warnings, List.of());
    }

    /** Returns the plan of several AWS accounts, sorted by ServiceAccount. */
    public static ImportPlan of(List<ImportPlan> parts, List<NotRead> notRead) {
        return new ImportPlan(
                parts.stream()
                        .flatMap(part -> part.accounts.stream())
                        .sorted(Comparator.comparing(ImportedAccount::key))
                        .toList(),
                parts.stream().flatMap(part -> part.entitlements.stream()).toList(),
                parts.stream()
                        .flatMap(part -> part.warnings.stream())
                        .distinct()
                        .toList(),
                notRead);
    }

    /** Returns the part of the plan for these accounts. */
    public ImportPlan with(List<ImportedAccount> some) {
        return new ImportPlan(some, List.of(), warnings, notRead);
    }
}
