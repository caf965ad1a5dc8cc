package dev.irsa.api;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that definitions are documented for {@code kubectl explain} and for validation messages. */
class SchemaTest {
    private static final String ELEMENT = "[]";

    static List<CustomResourceDefinition> definitions() throws IOException {
        try (var files = Files.list(Path.of("crds"))) {
            return files.map(file -> Serialization.unmarshal(read(file), CustomResourceDefinition.class))
                    .toList();
        }
    }

    @Test
    void findsDefinitions() throws IOException {
        assertThat(definitions()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void everyFieldIsDescribed(CustomResourceDefinition definition) {
        assertThat(fields(definition)).allSatisfy((path, schema) -> {
            if (!path.endsWith(ELEMENT)) {
                assertThat(schema.getDescription()).as(path).isNotBlank();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void everyRuleHasAMessage(CustomResourceDefinition definition) {
        assertThat(fields(definition).values())
                .flatExtracting(JSONSchemaProps::getXKubernetesValidations)
                .isNotEmpty()
                .allSatisfy(
                        rule -> assertThat(rule.getMessage()).as(rule.getRule()).isNotBlank());
    }

    /** The generator duplicates a rule at a record component, and the API server rejects a server-side apply of duplicates. */
    @ParameterizedTest
    @MethodSource("definitions")
    void noRuleIsDuplicated(CustomResourceDefinition definition) {
        assertThat(fields(definition))
                .allSatisfy((path, schema) ->
                        assertThat(schema.getXKubernetesValidations()).as(path).doesNotHaveDuplicates());
    }

    /** A default in the schema is stored, so that a later version could not change it. */
    @ParameterizedTest
    @MethodSource("definitions")
    void onlyStatusHasADefault(CustomResourceDefinition definition) {
        assertThat(fields(definition)).allSatisfy((path, schema) -> {
            if (!path.equals(".status")) {
                assertThat(schema.getDefault()).as(path).isNull();
            }
        });
    }

    private static Map<String, JSONSchemaProps> fields(CustomResourceDefinition definition) {
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
