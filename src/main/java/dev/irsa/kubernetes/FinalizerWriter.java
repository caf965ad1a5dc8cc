package dev.irsa.kubernetes;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.failure.FailureException;
import dev.irsa.port.ResourceRef;
import io.fabric8.kubernetes.api.model.ObjectMeta;
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
     * meantime. With the version, a process whose watch is behind that of its predecessor cannot go back to an earlier spec or status.
     *
     * @throws FailureException when the resource is being deleted, or when it has changed since it was read
     */
    void add(IamServiceAccount read, Optional<String> roleArn) {
        IamServiceAccount wanted = named(ResourceRef.of(read));
        wanted.getMetadata().setUid(read.getMetadata().getUid());
        wanted.getMetadata().setResourceVersion(read.getMetadata().getResourceVersion());
        wanted.getMetadata().setFinalizers(List.of(IamServiceAccount.FINALIZER));
        roleArn.ifPresent(arn -> wanted.getMetadata().setAnnotations(Map.of(IamServiceAccount.RECORDED_ROLE, arn)));
        if (client.resource(wanted).patch(FieldManager.FORCED_APPLY).isMarkedForDeletion()) {
            throw new FailureException(ApiExceptionTranslator.changed("the resource is being deleted"));
        }
    }

    /**
     * Removes the finalizer and the recorded role, whichever field manager owns them: a backup may have restored them. With the
     * version, a process whose watch is late cannot end a deletion before it has seen what its predecessor recorded last.
     *
     * @throws FailureException when the resource has changed since it was read
     */
    void remove(IamServiceAccount read) {
        ObjectMeta metadata = read.getMetadata();
        int position = metadata.getFinalizers().indexOf(IamServiceAccount.FINALIZER);
        if (position < 0) {
            return;
        }
        List<Map<String, String>> operations = new ArrayList<>(List.of(
                Map.of("op", "test", "path", "/metadata/uid", "value", metadata.getUid()),
                Map.of("op", "test", "path", "/metadata/resourceVersion", "value", metadata.getResourceVersion()),
                Map.of("op", "remove", "path", "/metadata/finalizers/" + position)));
        if (read.recordedRole().isPresent()) {
            operations.add(Map.of("op", "remove", "path", RECORDED_ROLE));
        }
        try {
            // Given only a name instead of an object, the client would read the resource first.
            client.resource(named(ResourceRef.of(read)))
                    .patch(FieldManager.JSON_PATCH, Serialization.asJson(operations));
        } catch (KubernetesClientException e) {
            if (ApiExceptionTranslator.isFailedTest(e)) {
                throw ApiExceptionTranslator.changed(
                        "the resource changed while the operator removed its finalizer", e);
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
