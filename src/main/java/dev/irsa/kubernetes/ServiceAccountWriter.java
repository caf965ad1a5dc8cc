package dev.irsa.kubernetes;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.plan.ServiceAccountChange;
import dev.irsa.core.plan.ServiceAccountChange.AnnotateServiceAccount;
import dev.irsa.core.plan.ServiceAccountChange.CreateServiceAccount;
import dev.irsa.core.plan.ServiceAccountChange.ReleaseServiceAccount;
import dev.irsa.core.plan.ServiceAccountChange.Successor;
import dev.irsa.port.ResourceRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Writes ServiceAccounts. One is made by POST, which never meets another of its name; all other writes carry the UID
 * that was looked at, so that they can neither create nor meet another object.
 *
 * <p>One that we made is written by merge patch: our values win over what was edited by hand. One that was there
 * before us is written by server-side apply without force: what another manager owns is a conflict.
 *
 * <p>One that has lost the owner reference by which we made it still has annotations that our POST or merge patch owns.
 * An apply would conflict with them, and cannot drop them: they too are written by merge patch, with the
 * resourceVersion that was looked at, as a merge patch knows no conflict.
 */
final class ServiceAccountWriter {
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

    ServiceAccountWriter(KubernetesClient client, ServiceAccountCache cache) {
        this.client = client;
        this.cache = cache;
    }

    void apply(ResourceRef resource, ServiceAccountChange change) {
        switch (change) {
            case CreateServiceAccount create -> create(resource, create);
            case AnnotateServiceAccount annotate -> annotate(resource, annotate);
            case ReleaseServiceAccount release -> release(resource, release);
        }
    }

    private void annotate(ResourceRef resource, AnnotateServiceAccount annotate) {
        ServiceAccount wanted = named(resource, annotate.name(), annotate.uid());
        wanted.getMetadata().setAnnotations(annotate.annotations());
        if (annotate.made()) {
            merge(wanted, annotate.obsolete());
            return;
        }
        ObjectMeta seen = seen(wanted);
        Set<String> written = new TreeSet<>(annotate.annotations().keySet());
        written.addAll(annotate.obsolete());
        written.retainAll(ServiceAccountView.oursByUpdate(seen));
        if (!written.isEmpty() && !isTaken(annotate, seen)) {
            wanted.getMetadata().setResourceVersion(seen.getResourceVersion());
            merge(wanted, annotate.obsolete());
        } else {
            apply(wanted);
        }
    }

    private void release(ResourceRef resource, ReleaseServiceAccount release) {
        ServiceAccount wanted = named(resource, release.name(), release.uid());
        if (release.made()) {
            if (release.successor().isPresent()) {
                ObjectMeta seen = seen(wanted);
                wanted.getMetadata().setResourceVersion(seen.getResourceVersion());
                wanted.getMetadata()
                        .setOwnerReferences(
                                inherited(resource, seen, release.successor().get()));
            }
            merge(wanted, release.obsolete());
            return;
        }
        ObjectMeta seen = seen(wanted);
        Set<String> byUpdate = new TreeSet<>(release.obsolete());
        byUpdate.retainAll(ServiceAccountView.oursByUpdate(seen));
        if (!byUpdate.isEmpty()) {
            ServiceAccount taken = named(resource, release.name(), release.uid());
            taken.getMetadata().setResourceVersion(seen.getResourceVersion());
            merge(taken, byUpdate);
        }
        if (!byUpdate.containsAll(release.obsolete())) {
            // An apply that names none of our fields gives up all of them.
            apply(wanted);
        }
    }

    /** Whether somebody else has set an annotation otherwise since the change was planned. */
    private static boolean isTaken(AnnotateServiceAccount annotate, ObjectMeta seen) {
        Set<String> ours = ServiceAccountView.ours(seen);
        return annotate.annotations().entrySet().stream()
                .filter(wanted -> !ours.contains(wanted.getKey()))
                .map(wanted -> seen.getAnnotations()
                        .getOrDefault(wanted.getKey(), wanted.getValue())
                        .equals(wanted.getValue()))
                .anyMatch(alike -> !alike);
    }

    /** The object that is meant, as last seen; a write that carries its resourceVersion meets no other state of it. */
    private ObjectMeta seen(ServiceAccount meant) {
        ObjectMeta metadata = meant.getMetadata();
        return cache.get(metadata.getNamespace(), metadata.getName())
                .map(ServiceAccount::getMetadata)
                .filter(seen -> seen.getUid().equals(metadata.getUid()))
                .orElseThrow(() -> new FailureException(new Failure.Passing(
                        Reason.Reconciling, "ServiceAccount " + metadata.getName() + " went while it was looked at")));
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

    private void merge(ServiceAccount wanted, Set<String> obsolete) {
        ObjectMeta given = wanted.getMetadata();
        String patch = MetadataPatch.of(given, obsolete);
        ServiceAccount named = new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(given.getNamespace())
                .withName(given.getName())
                .withUid(given.getUid())
                .endMetadata()
                .build();
        cache.write(named, account -> client.resource(account).patch(MERGE, patch));
    }

    /** The owner references with ours replaced by the heir's: the object, and the tokens of its pods, live on. */
    private static List<OwnerReference> inherited(ResourceRef resource, ObjectMeta seen, Successor heir) {
        return Stream.concat(
                        seen.getOwnerReferences().stream()
                                .filter(owner -> !owner.getUid().equals(resource.uid())),
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
