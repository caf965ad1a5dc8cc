package dev.irsa.kubectl.plan;

import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.port.EntitlementSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds the resources of the cluster whose roles an edit of templates and entitlements may change.
 *
 * @param cluster as it is without the edit
 * @param manifests the edit
 */
public record AffectedResources(EntitlementSource cluster, Manifests manifests) {
    /** Returns whether the manifests can change resources that they do not contain. */
    public boolean isPossible() {
        return !manifests.templates().isEmpty() || !manifests.entitlements().isEmpty();
    }

    /** Returns those of these resources that are affected. */
    public List<IamServiceAccount> of(List<IamServiceAccount> resources) {
        // What the user may not list is reported by the plan.
        List<IamEntitlement> before = manifests.entitlements().isEmpty()
                ? List.of()
                : ReadableEntitlements.<List<IamEntitlement>>orIfDenied(cluster::entitlements, List::of).stream()
                        .filter(this::isEdited)
                        .toList();
        return resources.stream()
                .filter(resource -> manifests.isTemplateOf(resource) || isSelected(resource, before))
                .toList();
    }

    private boolean isEdited(IamEntitlement live) {
        return manifests.entitlements().stream()
                .anyMatch(given ->
                        given.getMetadata().getName().equals(live.getMetadata().getName()));
    }

    /** Returns whether an entitlement selects the namespace before or after the edit. One whose labels are not known may be. */
    private boolean isSelected(IamServiceAccount resource, List<IamEntitlement> before) {
        List<IamEntitlement> versions = Stream.concat(manifests.entitlements().stream(), before.stream())
                .filter(entitlement -> entitlement
                        .getSpec()
                        .accountName()
                        .equals(resource.getSpec().accountName()))
                .toList();
        if (versions.isEmpty()) {
            return false;
        }
        String namespace = resource.getMetadata().getNamespace();
        Optional<Map<String, String>> known =
                ReadableEntitlements.orIfDenied(() -> cluster.namespaceLabels(namespace), Optional::empty);
        return known.isEmpty()
                || Stream.of(labels(known.get(), namespace), applied(known.get(), namespace))
                        .anyMatch(labels -> versions.stream()
                                .anyMatch(entitlement -> entitlement.getSpec().selects(labels)));
    }

    private Map<String, String> applied(Map<String, String> live, String namespace) {
        Map<String, String> labels = new TreeMap<>(live);
        labels.putAll(manifests.namespaces().getOrDefault(namespace, Map.of()));
        return labels(labels, namespace);
    }

    private static Map<String, String> labels(Map<String, String> known, String namespace) {
        Map<String, String> labels = new TreeMap<>(known);
        labels.put(PlannedCluster.NAMESPACE_NAME, namespace);
        return labels;
    }
}
