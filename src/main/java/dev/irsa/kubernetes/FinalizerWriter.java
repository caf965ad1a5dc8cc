package dev.irsa.kubernetes;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.failure.FailureException;
import dev.irsa.port.RecordedRole;
import dev.irsa.port.ResourceRef;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Adds the operator's finalizer to a resource and removes it, without any other change. */
record FinalizerWriter(KubernetesClient client) {
    private static final String RECORDED_ROLE =
            "/metadata/annotations/" + IamServiceAccount.RECORDED_ROLE.replace("/", "~1");

    /**
     * Adds the finalizer by server-side apply. With the UID, the apply cannot create a resource that was deleted in the
     * meantime.
     *
     * @throws FailureException when the resource is being deleted, or when it has changed since it was read
     */
    void add(ResourceRef ref, Optional<RecordedRole> role) {
        IamServiceAccount wanted = named(ref);
        wanted.getMetadata().setUid(ref.uid());
        wanted.getMetadata().setFinalizers(List.of(IamServiceAccount.FINALIZER));
        role.ifPresent(recorded -> {
            wanted.getMetadata().setResourceVersion(recorded.resourceVersion());
            wanted.getMetadata().setAnnotations(Map.of(IamServiceAccount.RECORDED_ROLE, recorded.arn()));
        });
        if (client.resource(wanted).patch(FieldManager.FORCED_APPLY).isMarkedForDeletion()) {
            throw new FailureException(ApiExceptionTranslator.changed("the resource is being deleted"));
        }
    }

    /**
     * Removes the finalizer and the recorded role, whichever field manager owns them: a backup may have restored them. The patch has
     * no effect unless the finalizer is still at the position where it was read, so it never removes another one.
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
        List<Map<String, String>> operations = new ArrayList<>(List.of(
                Map.of("op", "test", "path", "/metadata/uid", "value", ref.uid()),
                Map.of("op", "test", "path", path, "value", IamServiceAccount.FINALIZER),
                Map.of("op", "remove", "path", path)));
        if (found.recordedRole().isPresent()) {
            operations.add(Map.of("op", "remove", "path", RECORDED_ROLE));
        }
        String patch = Serialization.asJson(operations);
        try {
            // Given only a name instead of an object, the client would read the resource first.
            client.resource(named(ref)).patch(FieldManager.JSON_PATCH, patch);
        } catch (KubernetesClientException e) {
            if (ApiExceptionTranslator.isFailedTest(e)) {
                throw ApiExceptionTranslator.changed("the finalizers changed while the operator removed its own", e);
            }
            if (e.getCode() != 404) {
                throw e;
            }
        }
    }

    private static IamServiceAccount named(ResourceRef ref) {
        IamServiceAccount named = new IamServiceAccount();
        named.setMetadata(new ObjectMetaBuilder()
                .withNamespace(ref.namespace())
                .withName(ref.name())
                .build());
        return named;
    }
}
