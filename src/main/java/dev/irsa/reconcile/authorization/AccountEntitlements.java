package dev.irsa.reconcile.authorization;

import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamPolicyTemplate;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.port.EntitlementSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The entitlements for one AWS account, and the resources whose roles are in it. An entitlement is for one account, because the policies
 * and boundaries that it names are of one.
 *
 * @param all the entitlements and resources of all accounts
 * @param account the name of the IamAccount; empty for the account of the operator
 */
record AccountEntitlements(EntitlementSource all, String account) implements EntitlementSource {
    @Override
    public List<IamEntitlement> entitlements() {
        return all.entitlements().stream()
                .filter(entitlement -> entitlement.getSpec().accountName().equals(account))
                .toList();
    }

    @Override
    public List<IamPolicyTemplate> policyTemplates() {
        return all.policyTemplates();
    }

    @Override
    public Optional<Map<String, String>> namespaceLabels(String namespace) {
        return all.namespaceLabels(namespace);
    }

    @Override
    public List<IamServiceAccount> resources(String namespace) {
        return all.resources(namespace).stream()
                .filter(resource -> resource.getSpec().accountName().equals(account))
                .toList();
    }
}
