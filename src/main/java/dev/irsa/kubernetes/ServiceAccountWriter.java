package dev.irsa.kubernetes;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.plan.ServiceAccountChange;
import dev.irsa.core.plan.ServiceAccountChange.AnnotateServiceAccount;
import dev.irsa.core.plan.ServiceAccountChange.CreateServiceAccount;
import dev.irsa.core.plan.ServiceAccountChange.DiscardServiceAccount;
import dev.irsa.core.plan.ServiceAccountChange.ReleaseServiceAccount;
import dev.irsa.core.plan.ServiceAccountChange.Successor;
import dev.irsa.port.ResourceRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Writes the operator's annotations on ServiceAccounts. Every write to an existing ServiceAccount carries the UID and the
 * resourceVersion that were observed. It can therefore neither create another object nor change one, and a write that takes
 * effect late cannot undo one that was made since.
 *
 * <p>A ServiceAccount that the operator created is written by merge patch, which overwrites manual edits. A ServiceAccount that
 * already existed is written by server-side apply without force, so that the operator owns only its own annotations.
 *
 * <p>A ServiceAccount can lose the owner reference that marks it as created by the operator. The operator's earlier
 * POST or merge patch still owns its annotations. An apply would conflict with them and cannot remove them. Therefore
 * these are written by merge patch too.
 */
record ServiceAccountWriter(KubernetesClient client, ClusterCache cache) {
    /** A UID that no object has. */
    private static final String NO_OWNER = "00000000-0000-0000-0000-000000000000";

    void apply(ResourceRef resource, ServiceAccountChange change) {
        switch (change) {
            case CreateServiceAccount create -> create(resource, create);
            case AnnotateServiceAccount annotate -> annotate(resource, annotate);
            case ReleaseServiceAccount release -> release(resource, release);
            case DiscardServiceAccount discard -> discard(resource, discard);
        }
    }

    private void annotate(ResourceRef resource, AnnotateServiceAccount annotate) {
        ServiceAccount wanted = observed(resource.namespace(), annotate.name(), annotate.uid(), annotate.version());
        wanted.getMetadata().setAnnotations(annotate.annotations());
        Set<String> written = new TreeSet<>(annotate.annotations().keySet());
        written.addAll(annotate.obsolete());
        if (annotate.createdByOperator()
                || !Collections.disjoint(written, ServiceAccountView.oursByUpdate(seen(wanted)))) {
            merge(wanted, annotate.obsolete());
        } else {
            apply(wanted);
        }
    }

    private void release(ResourceRef resource, ReleaseServiceAccount release) {
        ServiceAccount wanted = observed(resource.namespace(), release.name(), release.uid(), release.version());
        if (release.createdByOperator()) {
            release.successor().ifPresent(successor -> handOver(wanted, resource, successor));
            merge(wanted, release.obsolete());
            return;
        }
        Set<String> byUpdate = new TreeSet<>(release.obsolete());
        byUpdate.retainAll(ServiceAccountView.oursByUpdate(seen(wanted)));
        if (!byUpdate.isEmpty()) {
            merge(wanted, byUpdate);
            // The merge has changed it.
            wanted.getMetadata().setResourceVersion(null);
        }
        if (!byUpdate.containsAll(release.obsolete())) {
            // An apply without any of the operator's fields releases all of them.
            apply(wanted);
        }
    }

    /**
     * Replaces the owner by one that does not exist. The garbage collector of Kubernetes deletes an object that has no other owner,
     * as it does when the resource is deleted, and the operator needs no permission to delete ServiceAccounts.
     */
    private void discard(ResourceRef resource, DiscardServiceAccount discard) {
        ServiceAccount wanted = observed(resource.namespace(), discard.name(), discard.uid(), discard.version());
        handOver(wanted, resource, new Successor(resource.name(), NO_OWNER));
        merge(wanted, discard.obsolete());
    }

    /** Returns the observed metadata, from the API server if a late watch does not show it yet. */
    private ObjectMeta seen(ServiceAccount meant) {
        ObjectMeta metadata = meant.getMetadata();
        return cache.serviceAccount(metadata.getNamespace(), metadata.getName())
                .filter(cached -> isMeant(cached, metadata))
                .or(() -> ServiceAccountView.read(client, metadata.getNamespace(), metadata.getName())
                        .filter(live -> isMeant(live, metadata)))
                .map(ServiceAccount::getMetadata)
                .orElseThrow(() -> new FailureException(new Failure.Passing(
                        Reason.Reconciling,
                        "ServiceAccount " + metadata.getName()
                                + " was deleted, replaced, or changed during the reconcile")));
    }

    private static boolean isMeant(ServiceAccount found, ObjectMeta meant) {
        return found.getMetadata().getUid().equals(meant.getUid())
                && found.getMetadata().getResourceVersion().equals(meant.getResourceVersion());
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
        cache.write(wanted, account -> client.resource(account).patch(FieldManager.APPLY));
    }

    private void merge(ServiceAccount wanted, Set<String> obsolete) {
        ObjectMeta given = wanted.getMetadata();
        String patch = Serialization.asJson(Map.of("metadata", mergePatch(given, obsolete)));
        cache.write(wanted, account -> client.resource(account).patch(FieldManager.MERGE_PATCH, patch));
    }

    /**
     * Returns a patch of metadata (RFC 7386) that sets the given annotations and removes the obsolete ones. It fails unless the object has
     * the given UID and, if set, the given resourceVersion. Owner references, if any, replace those of the object.
     */
    private static Map<String, Object> mergePatch(ObjectMeta given, Set<String> obsolete) {
        Map<String, Object> annotations =
                new LinkedHashMap<>(Objects.requireNonNullElse(given.getAnnotations(), Map.of()));
        obsolete.forEach(key -> annotations.put(key, null));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("uid", given.getUid());
        metadata.put("annotations", annotations);
        if (given.getResourceVersion() != null) {
            metadata.put("resourceVersion", given.getResourceVersion());
        }
        if (!given.getOwnerReferences().isEmpty()) {
            metadata.put("ownerReferences", given.getOwnerReferences());
        }
        return metadata;
    }

    /**
     * Replaces the resource by its successor among the owner references. The ServiceAccount is not deleted, and the tokens of its
     * pods stay valid.
     */
    private void handOver(ServiceAccount wanted, ResourceRef resource, Successor successor) {
        ObjectMeta seen = seen(wanted);
        Stream<OwnerReference> others = seen.getOwnerReferences().stream()
                .filter(owner -> !owner.getUid().equals(resource.uid()));
        wanted.getMetadata()
                .setOwnerReferences(Stream.concat(others, Stream.of(owner(successor.name(), successor.uid())))
                        .toList());
    }

    private static ServiceAccount observed(String namespace, String name, String uid, String version) {
        return new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withUid(uid)
                .withResourceVersion(version)
                .endMetadata()
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
