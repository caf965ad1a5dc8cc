package dev.irsa.kubectl.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.api.v1alpha1.Adopt;
import dev.irsa.api.v1alpha1.Management;
import dev.irsa.api.v1alpha1.RoleSpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Set;

/** Writes resources as a person would: without the defaults of the schema, and without what is empty. */
final class ManifestYaml {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The fields whose content is the user's own, in which an empty value may mean something. */
    private static final Set<String> VERBATIM = Set.of("document", "tags");

    private ManifestYaml() {}

    /** Returns the manifest of a resource. */
    static String of(HasMetadata resource) {
        ObjectNode manifest = tree(resource);
        manifest.remove("status");
        JsonNode spec = manifest.path("spec");
        omit(spec.path("serviceAccount"), "management", Management.Manage.name());
        omit(spec.path("role"), "adopt", Adopt.Never.name());
        omit(spec.path("role"), "maxSessionDurationSeconds", String.valueOf(RoleSpec.MIN_SESSION_SECONDS));
        omit(spec, "suspend", "false");
        omitEmpty(spec);
        return BlockYaml.of(manifest);
    }

    private static ObjectNode tree(HasMetadata resource) {
        try {
            return (ObjectNode) JSON.readTree(Serialization.asJson(resource));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a resource is serialized as JSON", e);
        }
    }

    private static void omit(JsonNode parent, String field, String value) {
        if (parent instanceof ObjectNode object && object.path(field).asText().equals(value)) {
            object.remove(field);
        }
    }

    private static void omitEmpty(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().stream()
                    .filter(field -> !VERBATIM.contains(field.getKey()))
                    .forEach(field -> omitEmpty(field.getValue()));
            object.removeIf(ManifestYaml::isEmpty);
        } else {
            node.forEach(ManifestYaml::omitEmpty);
        }
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isNull()
                || (value.isContainerNode() && value.isEmpty())
                || (value.isTextual() && value.textValue().isEmpty());
    }
}
