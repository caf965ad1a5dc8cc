package dev.irsa.kubectl.plan;

import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamPolicyTemplate;
import dev.irsa.api.v1beta1.IamServiceAccount;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What files say about the objects on which a plan depends. All other objects in the files are ignored.
 *
 * @param resources each with its namespace
 * @param entitlements the entitlements
 * @param templates the policy templates
 * @param namespaces the labels of each namespace
 * @param serviceAccounts the annotations of each ServiceAccount, by {@code namespace/name}
 */
public record Manifests(
        List<IamServiceAccount> resources,
        List<IamEntitlement> entitlements,
        List<IamPolicyTemplate> templates,
        SortedMap<String, Map<String, String>> namespaces,
        SortedMap<String, Map<String, String>> serviceAccounts) {

    public Manifests {
        resources = List.copyOf(resources);
        entitlements = List.copyOf(entitlements);
        templates = List.copyOf(templates);
        namespaces = new TreeMap<>(namespaces);
        serviceAccounts = new TreeMap<>(serviceAccounts);
    }

    /** Returns manifests of resources as they are in the cluster. */
    public static Manifests of(List<IamServiceAccount> resources) {
        return new Manifests(resources, List.of(), List.of(), new TreeMap<>(), new TreeMap<>());
    }

    /** Returns whether one of the templates is used by a resource, whether or not the resource is in the files. */
    public boolean isTemplateOf(IamServiceAccount resource) {
        return resource.getSpec().policies().templates().stream()
                .anyMatch(use -> templates.stream()
                        .anyMatch(template -> template.getMetadata().getName().equals(use.name())));
    }

    /** Returns these manifests with more resources, as they are in the cluster, unless the files have them. */
    public Manifests with(List<IamServiceAccount> others) {
        Set<String> given =
                resources.stream().map(resource -> key(resource.getMetadata())).collect(Collectors.toSet());
        List<IamServiceAccount> all = Stream.concat(
                        resources.stream(), others.stream().filter(other -> !given.contains(key(other.getMetadata()))))
                .toList();
        return new Manifests(all, entitlements, templates, namespaces, serviceAccounts);
    }

    /** Returns the key of an object in a namespace. */
    static String key(ObjectMeta metadata) {
        return metadata.getNamespace() + "/" + metadata.getName();
    }
}
