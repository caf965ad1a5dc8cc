package dev.irsa.integration.machine;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A request for objects in the audit log of the API server.
 *
 * @param resource plural, with the subresource if any
 * @param namespace empty for cluster-scoped resources
 * @param name empty if the request has none
 * @param refused whether authorization denied it
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
