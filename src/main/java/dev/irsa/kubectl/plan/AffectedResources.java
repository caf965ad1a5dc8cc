package dev.irsa.kubectl.plan;

import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.port.EntitlementSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Finds the resources of the cluster whose roles an edit of templates, entitlements, and labels of namespaces may change.
 *
 * @param cluster as it is without the edit
 * @param manifests the edit
 * @param warn is given what may be missing
 */
public record AffectedResources(EntitlementSource cluster, Manifests manifests, Consumer<String> warn) {
    /** Returns resources that the manifests need not contain. Reads those of all namespaces only if it must. */
    public List<IamServiceAccount> find(Supplier<List<IamServiceAccount>> everywhere) {
        List<String> relabelled = manifests.namespaces().keySet().stream()
                .filter(this::isRelabelled)
                .toList();
        if (manifests.templates().isEmpty() && manifests.entitlements().isEmpty()) {
            return relabelled.stream()
                    .flatMap(namespace -> cluster.resources(namespace).stream())
                    .toList();
        }
        List<IamEntitlement> before = edited();
        return everywhere.get().stream()
                .filter(resource -> relabelled.contains(resource.getMetadata().getNamespace())
                        || manifests.isTemplateOf(resource)
                        || isSelected(resource, before))
                .toList();
    }

    /**
     * Returns whether an apply changes labels of the namespace: entitlements select by them, and required tags can have their values.
     * Labels that the user may not read count as changed.
     */
    private boolean isRelabelled(String namespace) {
        Map<String, String> given = manifests.namespaces().getOrDefault(namespace, Map.of());
        return ReadableEntitlements.orIfDenied(
                () -> cluster.namespaceLabels(namespace)
                        .filter(live -> !live.entrySet().containsAll(given.entrySet()))
                        .isPresent(),
                () -> !given.isEmpty());
    }

    /** Returns the entitlements in the manifests as they are now. */
    private List<IamEntitlement> edited() {
        if (manifests.entitlements().isEmpty()) {
            return List.of();
        }
        List<IamEntitlement> live = ReadableEntitlements.orIfDenied(cluster::entitlements, () -> {
            warn.accept(
                    "you do not have the permission to list iamentitlements, so resources that an entitlement in the"
                            + " files no longer selects are not planned");
            return List.of();
        });
        return live.stream().filter(this::isEdited).toList();
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
