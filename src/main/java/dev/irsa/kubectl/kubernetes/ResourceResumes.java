package dev.irsa.kubectl.kubernetes;

import static dev.irsa.kubectl.kubernetes.ApiServerReads.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.api.v1beta1.IamServiceAccount;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Resumes resources through the API server. It can set {@code spec.suspend} to false and nothing else. */
public record ResourceResumes(KubernetesClient client) {
    /** How often the status may change between a read and the patch. */
    private static final int ATTEMPTS = 5;

    private static final PatchContext PATCH = new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager("kubectl-irsa")
            .build();

    /** Returns the managers of the fields of a resource, which are not part of the operator's own view of it. */
    public Set<String> managers(IamServiceAccount resource) {
        ObjectMeta metadata = resource.getMetadata();
        String path = "/apis/" + IamServiceAccount.GROUP + "/" + IamServiceAccount.VERSION + "/namespaces/"
                + metadata.getNamespace() + "/iamserviceaccounts/" + metadata.getName();
        TreeSet<String> managers = new TreeSet<>();
        read("get iamserviceaccounts", () -> Optional.ofNullable(client.raw(path)))
                .map(json -> client.getKubernetesSerialization().unmarshal(json, JsonNode.class))
                .ifPresent(found -> JsonFields.elements(found.path("metadata"), "managedFields")
                        .forEach(entry -> managers.add(entry.path("manager").asText())));
        return managers;
    }

    /**
     * Resumes a resource, unless its spec or status no longer permits that, or it was created again.
     *
     * @param seen the resource as the user knows it
     * @param resumable whether the resource may be resumed as it is now
     * @return whether it is resumed
     * @throws dev.irsa.core.failure.FailureException if the API server rejects the call
     */
    public boolean resume(IamServiceAccount seen, Predicate<IamServiceAccount> resumable) {
        ObjectMeta metadata = seen.getMetadata();
        Resource<IamServiceAccount> resource = client.resources(IamServiceAccount.class)
                .inNamespace(metadata.getNamespace())
                .withName(metadata.getName());
        return read("patch iamserviceaccounts", () -> {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                IamServiceAccount now = resource.get();
                if (now == null
                        || !Objects.equals(now.getMetadata().getUid(), metadata.getUid())
                        || !Objects.equals(now.getMetadata().getGeneration(), metadata.getGeneration())
                        || !resumable.test(now)) {
                    return false;
                }
                try {
                    resource.patch(PATCH, patch(now.getMetadata()));
                    return true;
                } catch (KubernetesClientException e) {
                    if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                        throw e;
                    }
                }
            }
            return false;
        });
    }

    /** The API server rejects it for an object that was changed or created again. */
    private static String patch(ObjectMeta now) {
        return "{\"metadata\":{\"uid\":\"%s\",\"resourceVersion\":\"%s\"},\"spec\":{\"suspend\":false}}"
                .formatted(now.getUid(), now.getResourceVersion());
    }
}
