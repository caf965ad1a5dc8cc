package dev.irsa.kubectl.plan;

import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamPolicyTemplate;
import dev.irsa.api.v1beta1.IamServiceAccount;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
 * @param accounts the IamAccounts
 * @param namespaces the labels of each namespace
 * @param serviceAccounts the annotations of each ServiceAccount, by {@code namespace/name}
 */
public record Manifests(
        List<IamServiceAccount> resources,
        List<IamEntitlement> entitlements,
        List<IamPolicyTemplate> templates,
        List<IamAccount> accounts,
        SortedMap<String, Map<String, String>> namespaces,
        SortedMap<String, Map<String, String>> serviceAccounts) {

    public Manifests {
        resources = List.copyOf(resources);
        entitlements = List.copyOf(entitlements);
        templates = List.copyOf(templates);
        accounts = List.copyOf(accounts);
        namespaces = new TreeMap<>(namespaces);
        serviceAccounts = new TreeMap<>(serviceAccounts);
    }

    /** Returns manifests of resources as they are in the cluster. */
    public static Manifests of(List<IamServiceAccount> resources) {
        return new Manifests(resources, List.of(), List.of(), List.of(), new TreeMap<>(), new TreeMap<>());
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
        return new Manifests(all, entitlements, templates, accounts, namespaces, serviceAccounts);
    }

    /** Returns these manifests with no other resources than these. */
    public Manifests withOnly(List<IamServiceAccount> others) {
        return new Manifests(others, entitlements, templates, accounts, namespaces, serviceAccounts);
    }

    /**
     * Returns the IamAccounts as they would be after the manifests were applied.
     *
     * @param live those in the cluster
     * @param now the creation time of those that do not exist yet
     */
    public List<IamAccount> appliedAccounts(List<IamAccount> live, Instant now) {
        // Times have whole seconds, and what exists already is older.
        Instant newest = now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        Map<String, IamAccount> byName = new TreeMap<>();
        live.forEach(account -> byName.put(account.getMetadata().getName(), account));
        for (IamAccount given : accounts) {
            String name = given.getMetadata().getName();
            IamAccount applied = new IamAccount();
            applied.setSpec(given.getSpec());
            applied.setMetadata(
                    byName.containsKey(name)
                            ? byName.get(name).getMetadata()
                            : new ObjectMetaBuilder()
                                    .withName(name)
                                    .withUid("planned/" + name)
                                    .withCreationTimestamp(newest.toString())
                                    .build());
            byName.put(name, applied);
        }
        return List.copyOf(byName.values());
    }

    /** Returns the key of an object in a namespace. */
    static String key(ObjectMeta metadata) {
        return metadata.getNamespace() + "/" + metadata.getName();
    }
}
