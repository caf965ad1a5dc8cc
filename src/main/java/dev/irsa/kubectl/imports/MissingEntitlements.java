package dev.irsa.kubectl.imports;

import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamEntitlementSpec;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.failure.Reason;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.plan.PlanResult;
import dev.irsa.kubectl.rolespec.MinimalEntitlements;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes the entitlements that imported resources need and that do not exist.
 *
 * @param account the name of the IamAccount of the roles; empty for the account of the operator
 * @param existing the names of the entitlements that exist, which keep their content
 * @param resources the resources that exist and whose roles are in that account, as those of an import are
 */
record MissingEntitlements(String account, Set<String> existing, Set<AccountKey> resources) {
    /** Returns the entitlements for those resources that no entitlement allows, by this plan. */
    List<IamEntitlement> of(List<ImportedAccount> accounts, PlanResult plan) {
        Set<AccountKey> denied = plan.resources().stream()
                .filter(resource -> resource.reason().equals(Reason.NotEntitled.name()))
                .map(resource -> new AccountKey(resource.namespace(), resource.name()))
                .collect(Collectors.toSet());
        Map<String, List<IamServiceAccount>> byNamespace = accounts.stream()
                .filter(account -> denied.contains(account.key()))
                .flatMap(account -> account.resource().stream())
                .collect(Collectors.groupingBy(
                        resource -> resource.getMetadata().getNamespace(), TreeMap::new, Collectors.toList()));
        List<IamEntitlement> missing = new ArrayList<>();
        byNamespace.forEach((namespace, denials) -> missing.addAll(of(namespace, denials, roles(namespace, accounts))));
        return missing;
    }

    private List<IamEntitlement> of(String namespace, List<IamServiceAccount> denials, int roles) {
        List<IamEntitlement> missing = new ArrayList<>();
        int number = 1;
        for (IamEntitlementSpec spec : MinimalEntitlements.of(
                namespace, denials.stream().map(IamServiceAccount::getSpec).toList(), roles)) {
            while (existing.contains(name(namespace, number))) {
                number++;
            }
            missing.add(entitlement(name(namespace, number), spec));
            number++;
        }
        return missing;
    }

    /** The name of a namespace has no dot, so the names of two namespaces never meet. */
    private String name(String namespace, int number) {
        return "imported." + namespace + (account.isEmpty() ? "" : "." + account) + (number == 1 ? "" : "." + number);
    }

    /** Returns how many roles the namespace has with the imported ones. */
    private int roles(String namespace, List<ImportedAccount> accounts) {
        long imported = accounts.stream()
                .filter(account -> account.resource().isPresent())
                .filter(account -> account.key().namespace().equals(namespace))
                .count();
        long others = resources.stream()
                .filter(resource -> resource.namespace().equals(namespace))
                .count();
        return (int) (imported + others);
    }

    private static IamEntitlement entitlement(String name, IamEntitlementSpec spec) {
        IamEntitlement entitlement = new IamEntitlement();
        entitlement.setMetadata(new ObjectMetaBuilder().withName(name).build());
        entitlement.setSpec(spec);
        return entitlement;
    }
}
