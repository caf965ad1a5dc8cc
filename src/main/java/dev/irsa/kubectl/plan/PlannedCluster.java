package dev.irsa.kubectl.plan;

import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamPolicyTemplate;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.observed.PodUse;
import dev.irsa.port.ClusterReads;
import dev.irsa.port.CrdState;
import dev.irsa.port.EntitlementSource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The cluster as it would be after the manifests were applied.
 *
 * @param known the entitlements and namespaces that exist
 * @param warn is given each assumption
 */
record PlannedCluster(
        ClusterReads cluster,
        EntitlementSource known,
        Manifests manifests,
        AppliedResources applied,
        Consumer<String> warn)
        implements ClusterReads, EntitlementSource {
    /** The label that every namespace has. */
    static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

    @Override
    public List<IamEntitlement> entitlements() {
        return applied(manifests.entitlements(), known.entitlements(), IamEntitlement::new);
    }

    @Override
    public List<IamPolicyTemplate> policyTemplates() {
        return applied(manifests.templates(), known.policyTemplates(), IamPolicyTemplate::new);
    }

    /** Returns the given objects, and those of the cluster that they do not replace. */
    private static <S, T extends CustomResource<S, ?>> List<T> applied(List<T> given, List<T> live, Supplier<T> empty) {
        List<T> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (T object : given) {
            String name = object.getMetadata().getName();
            names.add(name);
            T planned = empty.get();
            planned.setSpec(object.getSpec());
            planned.setMetadata(new ObjectMetaBuilder()
                    .withName(name)
                    .withUid("planned/" + name)
                    .withGeneration(1L)
                    .build());
            all.add(planned);
        }
        live.stream()
                .filter(object -> !names.contains(object.getMetadata().getName()))
                .forEach(all::add);
        return all;
    }

    /** Returns the labels; a namespace that does not exist yet has its name as a label, as every namespace. */
    @Override
    public Optional<Map<String, String>> namespaceLabels(String namespace) {
        TreeMap<String, String> labels = new TreeMap<>();
        Optional<Map<String, String>> given =
                Optional.ofNullable(manifests.namespaces().get(namespace));
        // An apply keeps the labels that others have set.
        known.namespaceLabels(namespace).ifPresent(labels::putAll);
        given.ifPresent(labels::putAll);
        labels.put(NAMESPACE_NAME, namespace);
        return Optional.of(labels);
    }

    @Override
    public List<IamServiceAccount> resources(String namespace) {
        return applied.in(namespace);
    }

    @Override
    public List<IamServiceAccount> claimants(String namespace, String serviceAccount) {
        return ClusterReads.claimants(resources(namespace), serviceAccount);
    }

    @Override
    public Optional<IamServiceAccount> cached(String namespace, String name) {
        return resources(namespace).stream()
                .filter(resource -> resource.getMetadata().getName().equals(name))
                .findFirst();
    }

    @Override
    public Optional<String> uidNow(String namespace, String name) {
        return resources(namespace).stream()
                .map(IamServiceAccount::getMetadata)
                .filter(metadata -> metadata.getName().equals(name))
                .map(ObjectMeta::getUid)
                .findFirst();
    }

    @Override
    public ObservedServiceAccount serviceAccount(String namespace, String name) {
        ObservedServiceAccount live = cluster.serviceAccount(namespace, name);
        Optional<Map<String, String>> given =
                Optional.ofNullable(manifests.serviceAccounts().get(namespace + "/" + name));
        return given.isPresent() ? withAnnotations(live, given.get(), namespace + "/" + name) : live;
    }

    /** Returns the ServiceAccount with the annotations of the manifest, which another field manager then owns. */
    private static ObservedServiceAccount withAnnotations(
            ObservedServiceAccount live, Map<String, String> given, String key) {
        ObservedServiceAccount.Present before = live instanceof ObservedServiceAccount.Present present
                ? present
                : new ObservedServiceAccount.Present("planned/" + key, "", new TreeMap<>(), Set.of(), Set.of());
        TreeMap<String, String> annotations = new TreeMap<>(before.annotations());
        Stream.of(given)
                .flatMap(map -> map.entrySet().stream())
                .filter(entry -> DesiredServiceAccount.ANNOTATIONS.contains(entry.getKey()))
                .forEach(entry -> annotations.put(entry.getKey(), entry.getValue()));
        return before.withAnnotations(annotations);
    }

    @Override
    public ObservedServiceAccount serviceAccountNow(String namespace, String name) {
        return serviceAccount(namespace, name);
    }

    @Override
    public PodUse pods(String namespace, String serviceAccount) {
        return ReadableEntitlements.orIfDenied(() -> cluster.pods(namespace, serviceAccount), () -> {
            warn.accept("not compared with pods: you do not have the permission to list pods in namespace " + namespace
                    + "; the plan assumes that all of them use the new credentials");
            return PodUse.NONE;
        });
    }

    @Override
    public CrdState definition() {
        return cluster.definition();
    }

    @Override
    public Optional<Instant> definedSince() {
        return cluster.definedSince();
    }
}
