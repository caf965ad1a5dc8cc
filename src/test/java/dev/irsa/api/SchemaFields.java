package dev.irsa.api;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The schemas of all fields of a committed definition, by path. */
final class SchemaFields {
    /** Ends the path of the entries of a list or a map. */
    static final String ELEMENT = "[]";

    private SchemaFields() {}

    static List<CustomResourceDefinition> definitions() throws IOException {
        try (var files = Files.list(Path.of("crds"))) {
            return files.map(file -> Serialization.unmarshal(read(file), CustomResourceDefinition.class))
                    .toList();
        }
    }

    static Map<String, JSONSchemaProps> of(CustomResourceDefinition definition) {
        var fields = new LinkedHashMap<String, JSONSchemaProps>();
        for (var version : definition.getSpec().getVersions()) {
            collect("", version.getSchema().getOpenAPIV3Schema(), fields);
        }
        return fields;
    }

    private static void collect(String path, JSONSchemaProps schema, Map<String, JSONSchemaProps> fields) {
        fields.put(path, schema);
        if (schema.getItems() != null) {
            collect(path + ELEMENT, schema.getItems().getSchema(), fields);
        }
        if (schema.getAdditionalProperties() != null) {
            collect(path + ELEMENT, schema.getAdditionalProperties().getSchema(), fields);
        }
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, field) -> collect(path + "." + name, field, fields));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
