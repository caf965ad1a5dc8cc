package dev.irsa.integration.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Reads objects as the administrator and in this process. A test that waits reads five times a second, and each start of
 * kubectl costs as much CPU time as a reconcile. A read without an answer finds nothing, as with kubectl.
 */
record ObjectReader(KubernetesClient client) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ResourceDefinitionContext RESOURCES = new ResourceDefinitionContext.Builder()
            .withGroup("irsa.dev")
            .withVersion("v1alpha1")
            .withKind("IamServiceAccount")
            .withPlural("iamserviceaccounts")
            .withNamespaced(true)
            .build();

    boolean hasResource(String namespace, String name) {
        return resource(namespace, name).isPresent();
    }

    boolean hasServiceAccount(String namespace, String name) {
        return serviceAccount(namespace, name).isPresent();
    }

    /** Returns a field of the condition Ready of an IamServiceAccount, or an empty string without one. */
    String ready(String namespace, String name, String field) {
        return resource(namespace, name)
                .map(resource -> JSON.<JsonNode>valueToTree(resource.getAdditionalProperties()))
                .flatMap(content -> StreamSupport.stream(
                                content.path("status").path("conditions").spliterator(), false)
                        .filter(condition -> condition.path("type").asText().equals("Ready"))
                        .findFirst())
                .map(condition -> condition.path(field).asText())
                .orElse("");
    }

    /** Returns an annotation of a ServiceAccount, or an empty string without one. */
    String annotation(String namespace, String serviceAccount, String key) {
        return serviceAccount(namespace, serviceAccount)
                .map(account -> account.getMetadata().getAnnotations())
                .map(annotations -> annotations.getOrDefault(key, ""))
                .orElse("");
    }

    private Optional<GenericKubernetesResource> resource(String namespace, String name) {
        return read(client.genericKubernetesResources(RESOURCES)
                .inNamespace(namespace)
                .withName(name));
    }

    private Optional<ServiceAccount> serviceAccount(String namespace, String name) {
        return read(client.serviceAccounts().inNamespace(namespace).withName(name));
    }

    private static <T> Optional<T> read(Resource<T> object) {
        try {
            return Optional.ofNullable(object.get());
        } catch (KubernetesClientException e) {
            return Optional.empty();
        }
    }
}
