package dev.irsa.fake;

import dev.irsa.api.v1alpha1.IamEntitlement;
import dev.irsa.api.v1alpha1.IamEntitlementSpec;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.port.Limits;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The entitlements of a cluster in memory and the labels of its namespaces. At first everything is allowed to all. */
public final class InMemoryLimits implements Limits {
    /** The name of the entitlement that is there at first. */
    public static final String EVERYTHING = "everything";

    private static final String ALL = """
            namespaceSelector: {}
            managedPolicies: ["*", "arn:aws:iam::111122223333:policy/*"]
            inlineActions: ["*"]
            tags: [{key: "*", values: ["*"]}]
            customRoleNames: true
            """;

    private static final IamEntitlementSpec EVERYTHING_SPEC = Serialization.unmarshal(ALL, IamEntitlementSpec.class);

    private final ClusterHands cluster;
    private final Map<String, IamEntitlement> entitlements = new TreeMap<>();
    private final Map<String, Map<String, String>> labels = new TreeMap<>();
    private long generation;

    public InMemoryLimits(ClusterHands cluster) {
        this.cluster = cluster;
        apply(EVERYTHING, EVERYTHING_SPEC);
    }

    /** {@code kubectl apply} of an entitlement with this spec, in YAML. */
    public void apply(String name, String spec) {
        apply(name, Serialization.unmarshal(spec, IamEntitlementSpec.class));
    }

    private void apply(String name, IamEntitlementSpec spec) {
        generation++;
        IamEntitlement entitlement = new IamEntitlement();
        entitlement.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withUid("uid-of-" + name)
                .withGeneration(generation)
                .build());
        entitlement.setSpec(spec);
        entitlements.put(name, entitlement);
    }

    public void delete(String name) {
        entitlements.remove(name);
    }

    public void label(String namespace, Map<String, String> now) {
        labels.put(namespace, Map.copyOf(now));
    }

    @Override
    public List<IamEntitlement> entitlements() {
        return List.copyOf(entitlements.values());
    }

    @Override
    public Optional<Map<String, String>> namespaceLabels(String namespace) {
        return Optional.of(labels.getOrDefault(namespace, Map.of()));
    }

    @Override
    public List<IamServiceAccount> resources(String namespace) {
        return cluster.resources().stream()
                .filter(resource -> resource.getMetadata().getNamespace().equals(namespace))
                .toList();
    }
}
