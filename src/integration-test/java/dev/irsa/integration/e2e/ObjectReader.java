package dev.irsa.integration.e2e;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/**
 * Reads objects as the administrator and in this process. A test that waits reads five times a second, and each start of
 * kubectl costs as much CPU time as a reconcile. A read without an answer finds nothing, as with kubectl.
 */
record ObjectReader(KubernetesClient client) {
    /** Reads whatever the API server accepts, as the operator does: the client alone gives up at 1,000 levels. */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(20_000)
                    .maxNameLength(2 * 1024 * 1024)
                    .build())
            .build());

    boolean hasResource(String namespace, String name) {
        return resource(namespace, name).isPresent();
    }

    boolean hasServiceAccount(String namespace, String name) {
        return serviceAccount(namespace, name).isPresent();
    }

    /** Returns a field of the condition Ready of an IamServiceAccount, or an empty string without one. */
    String ready(String namespace, String name, String field) {
        return ready(namespace, name).path(field).asText();
    }

    /** Returns the condition Ready of an IamServiceAccount, or a missing node without one. */
    JsonNode ready(String namespace, String name) {
        return resource(namespace, name)
                .flatMap(content -> StreamSupport.stream(
                                content.path("status").path("conditions").spliterator(), false)
                        .filter(condition -> condition.path("type").asText().equals("Ready"))
                        .findFirst())
                .orElseGet(MissingNode::getInstance);
    }

    /** Returns an annotation of a ServiceAccount, or an empty string without one. */
    String annotation(String namespace, String serviceAccount, String key) {
        return serviceAccount(namespace, serviceAccount)
                .map(account -> account.getMetadata().getAnnotations())
                .map(annotations -> annotations.getOrDefault(key, ""))
                .orElse("");
    }

    private Optional<JsonNode> resource(String namespace, String name) {
        return read(() -> client.raw("/apis/irsa.dev/v1beta1/namespaces/" + namespace + "/iamserviceaccounts/" + name))
                .map(ObjectReader::parsed);
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private Optional<ServiceAccount> serviceAccount(String namespace, String name) {
        return read(client.serviceAccounts().inNamespace(namespace).withName(name)::get);
    }

    private static <T> Optional<T> read(Supplier<T> request) {
        try {
            return Optional.ofNullable(request.get());
        } catch (KubernetesClientException e) {
            return Optional.empty();
        }
    }
}
