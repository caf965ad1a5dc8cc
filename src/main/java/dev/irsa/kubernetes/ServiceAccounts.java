package dev.irsa.kubernetes;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.plan.ServiceAccountChange;
import dev.irsa.plan.ServiceAccountChange.AnnotateServiceAccount;
import dev.irsa.plan.ServiceAccountChange.CreateServiceAccount;
import dev.irsa.plan.ServiceAccountChange.Heir;
import dev.irsa.plan.ServiceAccountChange.ReleaseServiceAccount;
import dev.irsa.port.ResourceRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes ServiceAccounts. One is made by POST, which never meets another of its name; all other writes carry the UID
 * that was looked at, so that they can neither create nor meet another object.
 *
 * <p>One that we made is written by merge patch: our values win over what was edited by hand. One that was there
 * before us is written by server-side apply without force: what another manager owns is a conflict.
 */
final class ServiceAccounts {
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(FieldManager.NAME)
            .withForce(false)
            .build();
    private static final PatchContext MERGE = new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager(FieldManager.NAME)
            .build();

    private final KubernetesClient client;
    private final ServiceAccountCache cache;

    ServiceAccounts(KubernetesClient client, ServiceAccountCache cache) {
        this.client = client;
        this.cache = cache;
    }

    void apply(ResourceRef resource, ServiceAccountChange change) {
        switch (change) {
            case CreateServiceAccount create -> create(resource, create);
            case AnnotateServiceAccount annotate -> {
                ServiceAccount wanted = named(resource, annotate.name(), annotate.uid());
                wanted.getMetadata().setAnnotations(annotate.annotations());
                if (annotate.made()) {
                    merge(wanted, annotate.obsolete(), null);
                } else {
                    apply(wanted);
                }
            }
            case ReleaseServiceAccount release -> {
                ServiceAccount wanted = named(resource, release.name(), release.uid());
                if (release.made()) {
                    merge(
                            wanted,
                            release.obsolete(),
                            release.heir()
                                    .map(heir -> inherited(resource, release, heir))
                                    .orElse(null));
                } else {
                    // An apply that names none of our fields gives up all of them.
                    apply(wanted);
                }
            }
        }
    }

    private void create(ResourceRef resource, CreateServiceAccount create) {
        ServiceAccount wanted = new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(resource.namespace())
                .withName(create.name())
                .withAnnotations(create.annotations())
                .withOwnerReferences(owner(resource.name(), resource.uid()))
                .endMetadata()
                .build();
        cache.write(wanted, account -> client.resource(account).create());
    }

    private void apply(ServiceAccount wanted) {
        cache.write(wanted, account -> client.resource(account).patch(APPLY));
    }

    /** In a merge patch a null removes, and a list is replaced whole (RFC 7386). */
    private void merge(ServiceAccount wanted, Set<String> obsolete, @Nullable List<OwnerReference> owners) {
        Map<String, Object> annotations = new LinkedHashMap<>();
        if (wanted.getMetadata().getAnnotations() != null) {
            annotations.putAll(wanted.getMetadata().getAnnotations());
        }
        obsolete.forEach(key -> annotations.put(key, null));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("uid", wanted.getMetadata().getUid());
        metadata.put("annotations", annotations);
        if (owners != null) {
            metadata.put("ownerReferences", owners);
        }
        String patch = Serialization.asJson(Map.of("metadata", metadata));
        cache.write(wanted, account -> client.resource(account).patch(MERGE, patch));
    }

    /** The owner references with ours replaced by the heir's: the object, and the tokens of its pods, live on. */
    private List<OwnerReference> inherited(ResourceRef resource, ReleaseServiceAccount release, Heir heir) {
        List<OwnerReference> others = cache.get(resource.namespace(), release.name())
                .map(account -> account.getMetadata().getOwnerReferences())
                .orElse(List.of());
        return Stream.concat(
                        others.stream().filter(owner -> !owner.getUid().equals(resource.uid())),
                        Stream.of(owner(heir.name(), heir.uid())))
                .toList();
    }

    private static ServiceAccount named(ResourceRef resource, String name, String uid) {
        return new ServiceAccountBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withNamespace(resource.namespace())
                        .withName(name)
                        .withUid(uid)
                        .build())
                .build();
    }

    private static OwnerReference owner(String name, String uid) {
        return new OwnerReferenceBuilder()
                .withApiVersion(HasMetadata.getApiVersion(IamServiceAccount.class))
                .withKind(HasMetadata.getKind(IamServiceAccount.class))
                .withName(name)
                .withUid(uid)
                .build();
    }
}
