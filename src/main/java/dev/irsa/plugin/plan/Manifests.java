package dev.irsa.plugin.plan;

import dev.irsa.api.v1alpha1.IamEntitlement;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What files say about the objects on which a plan depends. All other objects in the files are ignored.
 *
 * @param resources each with its namespace
 * @param entitlements the entitlements
 * @param namespaces the labels of each namespace
 * @param serviceAccounts the annotations of each ServiceAccount, by {@code namespace/name}
 */
public record Manifests(
        List<IamServiceAccount> resources,
        List<IamEntitlement> entitlements,
        SortedMap<String, Map<String, String>> namespaces,
        SortedMap<String, Map<String, String>> serviceAccounts) {

    public Manifests {
        resources = List.copyOf(resources);
        entitlements = List.copyOf(entitlements);
        namespaces = new TreeMap<>(namespaces);
        serviceAccounts = new TreeMap<>(serviceAccounts);
    }

    /** Returns manifests of resources as they are in the cluster. */
    public static Manifests of(List<IamServiceAccount> resources) {
        return new Manifests(resources, List.of(), new TreeMap<>(), new TreeMap<>());
    }

    /** Returns the key of an object in a namespace. */
    static String key(ObjectMeta metadata) {
        return metadata.getNamespace() + "/" + metadata.getName();
    }
}
