package dev.irsa.kubernetes;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.failure.FailureException;
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
record FinalizerWriter(KubernetesClient client, ClusterCache cache) {
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
     * Removes the finalizer and the recorded role, whichever field manager owns them: a backup may have restored them. The watch may
     * be late: if the resource is no longer as it shows, it is read from the API server.
     */
    void remove(ResourceRef ref) {
        Optional<IamServiceAccount> watched =
                cache.resource(ref.namespace(), ref.name()).filter(found -> isProtected(found, ref));
        if (watched.isPresent() && remove(ref, watched.get())) {
            return;
        }
        Optional<IamServiceAccount> now = Optional.ofNullable(client.resources(IamServiceAccount.class)
                        .inNamespace(ref.namespace())
                        .withName(ref.name())
                        .get())
                .filter(found -> isProtected(found, ref));
        if (now.isPresent() && !remove(ref, now.get())) {
            throw new FailureException(
                    ApiExceptionTranslator.changed("the finalizers changed while the operator removed its own"));
        }
    }

    private static boolean isProtected(IamServiceAccount found, ResourceRef ref) {
        return found.getMetadata().getUid().equals(ref.uid())
                && found.getMetadata().getFinalizers().contains(IamServiceAccount.FINALIZER);
    }

    /**
     * Removes the finalizer from the position where it was seen. Returns false if it is no longer there: the patch never removes
     * another one.
     */
    private boolean remove(ResourceRef ref, IamServiceAccount seen) {
        String path =
                "/metadata/finalizers/" + seen.getMetadata().getFinalizers().indexOf(IamServiceAccount.FINALIZER);
        List<Map<String, String>> operations = new ArrayList<>(List.of(
                Map.of("op", "test", "path", "/metadata/uid", "value", ref.uid()),
                Map.of("op", "test", "path", path, "value", IamServiceAccount.FINALIZER),
                Map.of("op", "remove", "path", path)));
        if (seen.recordedRole().isPresent()) {
            operations.add(Map.of("op", "remove", "path", RECORDED_ROLE));
        }
        String patch = Serialization.asJson(operations);
        try {
            // Given only a name instead of an object, the client would read the resource first.
            client.resource(named(ref)).patch(FieldManager.JSON_PATCH, patch);
            return true;
        } catch (KubernetesClientException e) {
            if (ApiExceptionTranslator.isFailedTest(e)) {
                return false;
            }
            if (e.getCode() != 404) {
                throw e;
            }
            return true;
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
