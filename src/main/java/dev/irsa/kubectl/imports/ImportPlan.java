package dev.irsa.kubectl.imports;

import dev.irsa.api.v1beta1.IamEntitlement;
import java.util.Collection;
import java.util.List;

/**
 * The resources for the roles of others, with a proof for each, and what they need.
 *
 * @param entitlements those that the resources need and the cluster does not have
 * @param warnings what users should know before they rely on the plan
 */
public record ImportPlan(List<ImportedAccount> accounts, List<IamEntitlement> entitlements, List<String> warnings) {
    public ImportPlan {
        accounts = List.copyOf(accounts);
        entitlements = List.copyOf(entitlements);
        warnings = List.copyOf(warnings);
    }

    /** Returns the part of the plan with these roles. */
    public ImportPlan withRoles(Collection<String> names) {
        return new ImportPlan(
                accounts.stream()
                        .filter(account -> names.contains(account.roleName()))
                        .toList(),
                List.of(),
                warnings);
    }
}
