package dev.irsa.kubectl.plan;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.port.EntitlementSource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The resources as the API server would have them after the manifests were applied. */
final class AppliedResources {
    private final EntitlementSource cluster;
    private final Manifests manifests;
    private final Instant now;
    private final boolean deleted;
    private final Map<String, List<IamServiceAccount>> byNamespace = new HashMap<>();

    /**
     * Creates the resources.
     *
     * @param now the creation time of those that do not exist yet
     * @param deleted whether the resources in the manifests would be deleted instead of applied
     */
    AppliedResources(EntitlementSource cluster, Manifests manifests, Instant now, boolean deleted) {
        this.cluster = cluster;
        this.manifests = manifests;
        this.now = now;
        this.deleted = deleted;
    }

    /** Returns the resources of a namespace. */
    List<IamServiceAccount> in(String namespace) {
        return byNamespace.computeIfAbsent(namespace, this::apply);
    }

    /** Returns one resource. */
    IamServiceAccount of(IamServiceAccount given) {
        return find(in(given.getMetadata().getNamespace()), given).orElseThrow();
    }

    /** Returns the resource that is in the cluster now. */
    Optional<IamServiceAccount> before(IamServiceAccount given) {
        return find(cluster.resources(given.getMetadata().getNamespace()), given);
    }

    private static Optional<IamServiceAccount> find(List<IamServiceAccount> resources, IamServiceAccount named) {
        String name = named.getMetadata().getName();
        return resources.stream()
                .filter(resource -> resource.getMetadata().getName().equals(name))
                .findFirst();
    }

    private List<IamServiceAccount> apply(String namespace) {
        List<IamServiceAccount> all = new ArrayList<>();
        List<IamServiceAccount> given = manifests.resources().stream()
                .filter(resource -> resource.getMetadata().getNamespace().equals(namespace))
                .toList();
        List<IamServiceAccount> live = cluster.resources(namespace);
        for (IamServiceAccount resource : given) {
            Optional<IamServiceAccount> before = find(live, resource);
            before.ifPresent(known -> all.add(updated(known, resource)));
            if (before.isEmpty() && !deleted) {
                all.add(created(resource));
            }
        }
        live.stream().filter(resource -> find(given, resource).isEmpty()).forEach(all::add);
        return List.copyOf(all);
    }

    private IamServiceAccount created(IamServiceAccount given) {
        ObjectMeta metadata = new ObjectMetaBuilder()
                .withNamespace(given.getMetadata().getNamespace())
                .withName(given.getMetadata().getName())
                .withUid("planned/" + Manifests.key(given.getMetadata()))
                .withGeneration(1L)
                .withCreationTimestamp(now.toString())
                .withAnnotations(given.getMetadata().getAnnotations())
                .build();
        return resource(metadata, given, IamServiceAccountStatus.UNSEEN);
    }

    private IamServiceAccount updated(IamServiceAccount before, IamServiceAccount given) {
        ObjectMeta metadata = new ObjectMetaBuilder(before.getMetadata()).build();
        if (!before.getSpec().equals(given.getSpec())) {
            metadata.setGeneration(before.getMetadata().getGeneration() + 1);
        }
        Map<String, String> annotations =
                new HashMap<>(Objects.requireNonNullElse(metadata.getAnnotations(), Map.of()));
        annotations.putAll(Objects.requireNonNullElse(given.getMetadata().getAnnotations(), Map.of()));
        metadata.setAnnotations(annotations);
        if (deleted && !before.isMarkedForDeletion()) {
            metadata.setDeletionTimestamp(now.toString());
        }
        return resource(metadata, deleted ? before : given, before.getStatus());
    }

    static IamServiceAccount resource(
            ObjectMeta metadata, IamServiceAccount given, @Nullable IamServiceAccountStatus status) {
        IamServiceAccount resource = new IamServiceAccount();
        resource.setMetadata(metadata);
        resource.setSpec(given.getSpec());
        resource.setStatus(status);
        return resource;
    }
}
