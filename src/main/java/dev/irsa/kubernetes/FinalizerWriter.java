package dev.irsa.kubernetes;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.core.failure.FailureException;
import dev.irsa.port.ResourceRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;

/** Puts our finalizer on a resource and takes it off, and nothing else of it. */
final class FinalizerWriter {
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(FieldManager.NAME)
            .withForce(true)
            .build();
    private static final PatchContext JSON = new PatchContext.Builder()
            .withPatchType(PatchType.JSON)
            .withFieldManager(FieldManager.NAME)
            .build();

    private final KubernetesClient client;

    FinalizerWriter(KubernetesClient client) {
        this.client = client;
    }

    /** Server-side apply with the UID: it can never make a resource that has gone meanwhile. One that is going is refused. */
    void put(ResourceRef ref) {
        String body = Serialization.asJson(Map.of(
                "apiVersion",
                HasMetadata.getApiVersion(IamServiceAccount.class),
                "kind",
                HasMetadata.getKind(IamServiceAccount.class),
                "metadata",
                Map.of(
                        "namespace",
                        ref.namespace(),
                        "name",
                        ref.name(),
                        "uid",
                        ref.uid(),
                        "finalizers",
                        List.of(IamServiceAccount.FINALIZER))));
        if (named(ref).patch(APPLY, body).isMarkedForDeletion()) {
            throw new FailureException(ApiFailures.moved("the object is being deleted"));
        }
    }

    /**
     * Removes it whoever put it there (a backup may have restored it), and only it: the patch applies to the very
     * list that was read, or not at all.
     */
    void remove(ResourceRef ref) {
        IamServiceAccount found = client.resources(IamServiceAccount.class)
                .inNamespace(ref.namespace())
                .withName(ref.name())
                .get();
        if (found == null || !found.getMetadata().getUid().equals(ref.uid())) {
            return;
        }
        int index = found.getMetadata().getFinalizers().indexOf(IamServiceAccount.FINALIZER);
        if (index < 0) {
            return;
        }
        String path = "/metadata/finalizers/" + index;
        String patch = Serialization.asJson(List.of(
                Map.of("op", "test", "path", "/metadata/uid", "value", ref.uid()),
                Map.of("op", "test", "path", path, "value", IamServiceAccount.FINALIZER),
                Map.of("op", "remove", "path", path)));
        try {
            named(ref).patch(JSON, patch);
        } catch (KubernetesClientException e) {
            if (ApiFailures.isFailedTest(e)) {
                throw ApiFailures.moved("the finalizers changed while ours was removed", e);
            }
            if (e.getCode() != 404) {
                throw e;
            }
        }
    }

    /** With an object at hand the client does not read it first, as it does when it is only told the name. */
    private Resource<IamServiceAccount> named(ResourceRef ref) {
        IamServiceAccount named = new IamServiceAccount();
        named.setMetadata(new ObjectMetaBuilder()
                .withNamespace(ref.namespace())
                .withName(ref.name())
                .build());
        return client.resource(named);
    }
}
