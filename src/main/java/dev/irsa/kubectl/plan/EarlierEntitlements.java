package dev.irsa.kubectl.plan;

import dev.irsa.api.v1alpha1.IamEntitlement;
import dev.irsa.api.v1alpha1.IamPolicyTemplate;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.port.EntitlementSource;
import dev.irsa.reconcile.authorization.NamespaceFreeze;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The entitlements by which a role may have been created that exists. A limit on the number of roles may have been set later, so
 * they have none.
 */
record EarlierEntitlements(EntitlementSource cluster) implements EntitlementSource {
    @Override
    public List<IamEntitlement> entitlements() {
        return cluster.entitlements().stream()
                .map(EarlierEntitlements::unlimited)
                .toList();
    }

    private static IamEntitlement unlimited(IamEntitlement given) {
        IamEntitlement copy = new IamEntitlement();
        copy.setMetadata(new ObjectMetaBuilder(given.getMetadata()).build());
        copy.setSpec(given.getSpec().withoutRoleQuota());
        return copy;
    }

    @Override
    public List<IamPolicyTemplate> policyTemplates() {
        return cluster.policyTemplates();
    }

    /** Returns the labels; if the user may not read them, the one that every namespace has. A role was created before a freeze. */
    @Override
    public Optional<Map<String, String>> namespaceLabels(String namespace) {
        return cluster.namespaceLabels(namespace)
                .map(EarlierEntitlements::withoutFreeze)
                .or(() -> Optional.of(Map.of(PlannedCluster.NAMESPACE_NAME, namespace)));
    }

    private static Map<String, String> withoutFreeze(Map<String, String> labels) {
        Map<String, String> rest = new HashMap<>(labels);
        rest.remove(NamespaceFreeze.LABEL);
        return rest;
    }

    @Override
    public List<IamServiceAccount> resources(String namespace) {
        return cluster.resources(namespace);
    }

    /** Returns the same namespaces with this entitlement alone. */
    EntitlementSource with(IamEntitlement only) {
        EntitlementSource namespaces = this;
        return new EntitlementSource() {
            @Override
            public List<IamEntitlement> entitlements() {
                return List.of(only);
            }

            @Override
            public List<IamPolicyTemplate> policyTemplates() {
                return namespaces.policyTemplates();
            }

            @Override
            public Optional<Map<String, String>> namespaceLabels(String namespace) {
                return namespaces.namespaceLabels(namespace);
            }

            @Override
            public List<IamServiceAccount> resources(String namespace) {
                return namespaces.resources(namespace);
            }
        };
    }
}
