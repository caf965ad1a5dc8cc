package dev.irsa.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that definitions are documented for {@code kubectl explain} and for validation messages. */
class SchemaTest {
    static List<CustomResourceDefinition> definitions() throws IOException {
        return SchemaFields.definitions();
    }

    @Test
    void findsDefinitions() throws IOException {
        assertThat(definitions()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void everyFieldIsDescribed(CustomResourceDefinition definition) {
        assertThat(SchemaFields.of(definition)).allSatisfy((path, schema) -> {
            if (!path.endsWith(SchemaFields.ELEMENT)) {
                assertThat(schema.getDescription()).as(path).isNotBlank();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void everyRuleHasAMessage(CustomResourceDefinition definition) {
        assertThat(SchemaFields.of(definition).values())
                .flatExtracting(JSONSchemaProps::getXKubernetesValidations)
                .isNotEmpty()
                .allSatisfy(
                        rule -> assertThat(rule.getMessage()).as(rule.getRule()).isNotBlank());
    }

    /** The generator duplicates a rule at a record component, and the API server rejects a server-side apply of duplicates. */
    @ParameterizedTest
    @MethodSource("definitions")
    void noRuleIsDuplicated(CustomResourceDefinition definition) {
        assertThat(SchemaFields.of(definition))
                .allSatisfy((path, schema) ->
                        assertThat(schema.getXKubernetesValidations()).as(path).doesNotHaveDuplicates());
    }

    /** A default in the schema is stored, so that a later version could not change it. */
    @ParameterizedTest
    @MethodSource("definitions")
    void onlyStatusHasADefault(CustomResourceDefinition definition) {
        assertThat(SchemaFields.of(definition)).allSatisfy((path, schema) -> {
            if (!path.equals(".status")) {
                assertThat(schema.getDefault()).as(path).isNull();
            }
        });
    }
}
