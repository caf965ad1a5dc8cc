package dev.irsa.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * One kind of object the server keeps.
 *
 * @param group the API group, empty for the core
 * @param version the only version served
 * @param plural its name in paths
 * @param kind its name in objects
 * @param namespaced whether it lives in namespaces
 * @param statusSubresource whether status is written apart from the rest
 * @param custom whether a CustomResourceDefinition made it: such objects have a generation and need a resourceVersion
 *     for PUT
 * @param schema the OpenAPI schema of a custom resource, for its defaults; missing otherwise
 */
record ResourceType(
        String group,
        String version,
        String plural,
        String kind,
        boolean namespaced,
        boolean statusSubresource,
        boolean custom,
        JsonNode schema) {

    static ResourceType builtIn(String group, String version, String plural, String kind, boolean namespaced) {
        return new ResourceType(group, version, plural, kind, namespaced, false, false, MissingNode.getInstance());
    }

    /** Reads the first version of a CustomResourceDefinition. */
    static ResourceType of(JsonNode definition) {
        JsonNode spec = definition.path("spec");
        JsonNode version = spec.path("versions").path(0);
        return new ResourceType(
                spec.path("group").asText(),
                version.path("name").asText(),
                spec.path("names").path("plural").asText(),
                spec.path("names").path("kind").asText(),
                "Namespaced".equals(spec.path("scope").asText()),
                version.path("subresources").has("status"),
                true,
                version.path("schema").path("openAPIV3Schema"));
    }

    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** The plural with its group, as messages name it. */
    String resource() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /** The kind with its group, as messages about invalid objects name it. */
    String qualifiedKind() {
        return group.isEmpty() ? kind : kind + "." + group;
    }
}
