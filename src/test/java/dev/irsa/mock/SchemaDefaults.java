package dev.irsa.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Fills in what a structural schema says of absent fields. */
final class SchemaDefaults {
    private SchemaDefaults() {}

    static void fill(JsonNode schema, JsonNode value) {
        if (value instanceof ObjectNode object) {
            schema.path("properties").properties().forEach(property -> {
                JsonNode byDefault = property.getValue().path("default");
                if (!object.has(property.getKey()) && !byDefault.isMissingNode()) {
                    object.set(property.getKey(), byDefault.deepCopy());
                }
                fill(property.getValue(), object.path(property.getKey()));
            });
        } else if (value.isArray()) {
            value.forEach(item -> fill(schema.path("items"), item));
        }
    }
}
