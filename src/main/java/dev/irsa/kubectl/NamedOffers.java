package dev.irsa.kubectl;

import dev.irsa.kubectl.imports.ImportPlan;
import dev.irsa.kubectl.imports.ImportedAccount;
import dev.irsa.runtime.StartFailure;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Implements {@code --offer}: offers the named roles, and only to the ServiceAccounts that their trust policies admit already. All are
 * checked before the first is tagged.
 */
record NamedOffers(ImportPlan plan, OfferCheck check, RoleOffering offering, Output output) {
    /** Offers the roles with these names or ARNs; returns the exit code. */
    int offer(List<String> names) {
        Set<ImportedAccount> accounts = new LinkedHashSet<>();
        for (String name : names) {
            Optional<ImportedAccount> account = find(name);
            if (account.isEmpty()) {
                return StartFailure.ENVIRONMENT;
            }
            accounts.add(account.get());
        }
        return offering.offer(plan, List.copyOf(accounts), true);
    }

    private Optional<ImportedAccount> find(String name) {
        List<ImportedAccount> named = plan.accounts().stream()
                .filter(account -> account.isNamed(name))
                .toList();
        Optional<ImportedAccount> adoptable = named.stream()
                .filter(account -> check.problem(account).isEmpty())
                .findFirst();
        if (adoptable.isEmpty()) {
            String why = named.stream()
                    .flatMap(account -> check.problem(account).stream())
                    .findFirst()
                    .or(() -> elsewhere(name))
                    .orElse("no ServiceAccount that was read has it, or an IamServiceAccount manages it already; set"
                            + " --namespace, use -A, or pass the file that names it");
            output.fail("role " + name + " cannot be offered: " + why);
        }
        return adoptable;
    }

    /** Returns that only another account has a role of the name. */
    private Optional<String> elsewhere(String name) {
        return plan.accounts().stream()
                .filter(account -> account.roleName().equals(name))
                .map(account -> account.candidate().roleArn())
                .findFirst()
                .map(arn -> "it is in another account; pass its ARN, " + arn);
    }
}
