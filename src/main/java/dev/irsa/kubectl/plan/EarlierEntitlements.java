package dev.irsa.kubectl.plan;

import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamPolicyTemplate;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.port.EntitlementSource;
import dev.irsa.reconcile.authorization.NamespaceFreeze;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The entitlements by which a role may have been created that exists.
 *
 * @param known provides the entitlements
 * @param namespaces the source of everything else
 */
record EarlierEntitlements(Supplier<List<IamEntitlement>> known, EntitlementSource namespaces)
        implements EntitlementSource {
    /** Returns the entitlements of the cluster. A limit on the number of roles may have been set later, so they have none. */
    static EarlierEntitlements of(EntitlementSource cluster) {
        return new EarlierEntitlements(
                () -> cluster.entitlements().stream()
                        .map(EarlierEntitlements::unlimited)
                        .toList(),
                cluster);
    }

    private static IamEntitlement unlimited(IamEntitlement given) {
        IamEntitlement copy = new IamEntitlement();
        copy.setMetadata(new ObjectMetaBuilder(given.getMetadata()).build());
        copy.setSpec(given.getSpec().withoutRoleQuota());
        return copy;
    }

    @Override
    public List<IamEntitlement> entitlements() {
        return known.get();
    }

    @Override
    public List<IamPolicyTemplate> policyTemplates() {
        return namespaces.policyTemplates();
    }

    /** Returns the labels; if the user may not read them, the one that every namespace has. A role was created before a freeze. */
    @Override
    public Optional<Map<String, String>> namespaceLabels(String namespace) {
        return namespaces
                .namespaceLabels(namespace)
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
        return namespaces.resources(namespace);
    }
}
