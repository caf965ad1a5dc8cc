package dev.irsa.integration.machine;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A request for objects, as the API server wrote it down.
 *
 * @param resource plural, with its subresource if any
 * @param namespace empty for what has none
 * @param name empty where none was given
 * @param refused whether nothing gave the right to it
 */
public record AuditedRequest(
        String verb, String group, String resource, String namespace, String name, boolean refused) {
    static AuditedRequest of(JsonNode entry) {
        JsonNode object = entry.path("objectRef");
        String subresource = object.path("subresource").asText();
        return new AuditedRequest(
                entry.path("verb").asText(),
                object.path("apiGroup").asText(),
                object.path("resource").asText() + (subresource.isEmpty() ? "" : "/" + subresource),
                object.path("namespace").asText(),
                object.path("name").asText(),
                entry.path("annotations")
                        .path("authorization.k8s.io/decision")
                        .asText()
                        .equals("forbid"));
    }
}
