package dev.irsa.kubectl.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The schemas of the objects in manifests. Those of our resources come from the CRDs, which the program contains. */
final class ManifestSchemas {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the API server checks by itself, or does not check because it sets it. */
    private static final List<String> OUTSIDE_OF_SCHEMA = List.of("apiVersion", "kind", "metadata", "status");

    /** Source: "Object Names and IDs" of Kubernetes. */
    private static final String METADATA = """
            type: object
            required: [name]
            x-kubernetes-preserve-unknown-fields: true
            properties:
              name:
                type: string
                maxLength: %s
                title: a name of lower-case letters, digits, '-'%s
                pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?%s$'
              namespace:
                type: string
                maxLength: 63
                title: the name of a namespace
                pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$'
              labels: {type: object, additionalProperties: {type: string}}
              annotations: {type: object, additionalProperties: {type: string}}
            """;

    private static final String SUBDOMAIN = "(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";

    private final Map<String, StructuralSchema> crds = new HashMap<>();

    /** Returns why the API server would refuse the metadata of an object of this kind. */
    static Optional<String> metadata(String kind, JsonNode object) {
        String text = switch (kind) {
            case "Namespace" -> METADATA.formatted(63, "", "");
            // Its name has to fit into a tag of the role.
            case "IamServiceAccount" -> METADATA.formatted(63, " and '.'", SUBDOMAIN);
            default -> METADATA.formatted(253, " and '.'", SUBDOMAIN);
        };
        JsonNode metadata = object.path("metadata");
        return parse(text).violation("metadata", metadata.isMissingNode() ? JSON.createObjectNode() : metadata);
    }

    /** Returns why the API server would refuse the rest of one of our resources. */
    Optional<String> resource(Class<? extends HasMetadata> type, ObjectNode object) {
        ObjectNode rest = object.deepCopy().remove(OUTSIDE_OF_SCHEMA);
        return crds.computeIfAbsent(HasMetadata.getFullResourceName(type), ManifestSchemas::crd)
                .violation("", rest);
    }

    private static StructuralSchema crd(String name) {
        StructuralSchema crd = parse(PackagedFile.text(ManifestSchemas.class, "/crds/" + name + ".yaml"));
        return new StructuralSchema(crd.node().at("/spec/versions/0/schema/openAPIV3Schema"));
    }

    private static StructuralSchema parse(String yaml) {
        return new StructuralSchema(
                JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml)));
    }
}
