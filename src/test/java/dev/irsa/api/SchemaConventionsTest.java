package dev.irsa.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the conventions of the Kubernetes API for the schemas of custom resources, field by field. */
class SchemaConventionsTest {
    /** Lists of objects without a key, each with the reason. */
    private static final Map<String, String> WITHOUT_KEY = Map.of(
            ".spec.policies.templates", "a spec may use one template twice, with another policyName",
            ".spec.namespaceSelector.matchExpressions", "atomic in the LabelSelector of Kubernetes");

    /** Rules about an entry or a value whose message does not name it, each with the reason. */
    private static final Map<String, String> WITHOUT_EXPRESSION = Map.of(
            ".spec.role.description", "the value has up to 1,000 characters, and the wrong one may be invisible");

    /** A rule about the value of a field, or about each entry of a list or a map. */
    private static final Pattern ABOUT_AN_ENTRY = Pattern.compile("\\.matches\\(|\\.all\\(|\\.exists(_one)?\\(");

    static List<CustomResourceDefinition> definitions() throws IOException {
        return SchemaFields.definitions();
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void everyListHasAType(CustomResourceDefinition definition) {
        assertThat(SchemaFields.of(definition)).allSatisfy((path, schema) -> {
            if (schema.getType().equals("array")) {
                assertThat(schema.getXKubernetesListType()).as(path).isIn("atomic", "set", "map");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void everyListOfObjectsHasAKey(CustomResourceDefinition definition) {
        assertThat(SchemaFields.of(definition)).allSatisfy((path, schema) -> {
            if (schema.getType().equals("array")
                    && schema.getItems().getSchema().getType().equals("object")
                    && !WITHOUT_KEY.containsKey(path)) {
                assertThat(schema.getXKubernetesListType()).as(path).isEqualTo("map");
                assertThat(schema.getItems().getSchema().getRequired())
                        .as(path)
                        .containsAll(schema.getXKubernetesListMapKeys());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void everyIntegerHasAFormatThatHoldsIt(CustomResourceDefinition definition) {
        assertThat(SchemaFields.of(definition)).allSatisfy((path, schema) -> {
            if (schema.getType().equals("integer")) {
                assertThat(schema.getFormat()).as(path).isIn("int32", "int64");
                assertThat(schema.getFormat().equals("int64"))
                        .as(path)
                        .isEqualTo(path.toLowerCase(Locale.ROOT).endsWith("generation"));
            }
        });
    }

    /**
     * The operator reads these into 32 bits. The generator writes a limit of ten million or more with an exponent, which some
     * readers of YAML take for a text.
     */
    @ParameterizedTest
    @MethodSource("definitions")
    void everyIntegerOfASpecHasLimits(CustomResourceDefinition definition) {
        assertThat(SchemaFields.of(definition)).allSatisfy((path, schema) -> {
            if (schema.getType().equals("integer") && path.startsWith(".spec")) {
                assertThat(schema.getMinimum()).as(path).isNotNull();
                assertThat(schema.getMaximum()).as(path).isLessThan(10_000_000);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void everyRuleAboutAnEntryNamesItInItsMessage(CustomResourceDefinition definition) {
        assertThat(SchemaFields.of(definition))
                .allSatisfy((path, schema) -> assertThat(schema.getXKubernetesValidations())
                        .filteredOn(rule -> path.endsWith(SchemaFields.ELEMENT)
                                || ABOUT_AN_ENTRY.matcher(rule.getRule()).find())
                        .filteredOn(rule -> !WITHOUT_EXPRESSION.containsKey(path + rule.getFieldPath()))
                        .allSatisfy(rule -> assertThat(rule.getMessageExpression())
                                .as(path + ": " + rule.getRule())
                                .contains("self.")));
    }

    /** Source: the type Condition of {@code meta/v1}. */
    @ParameterizedTest
    @MethodSource("definitions")
    void conditionsAreThoseOfKubernetes(CustomResourceDefinition definition) {
        JSONSchemaProps conditions = field(definition, ".status.conditions");
        JSONSchemaProps type = field(definition, ".status.conditions[].type");
        JSONSchemaProps reason = field(definition, ".status.conditions[].reason");

        assertThat(conditions.getXKubernetesListMapKeys()).containsExactly("type");
        assertThat(field(definition, ".status.conditions[]").getRequired())
                .containsExactlyInAnyOrder("lastTransitionTime", "message", "reason", "status", "type");
        assertThat(type.getMaxLength()).isEqualTo(316);
        assertThat(type.getPattern()).isNotNull();
        assertThat(field(definition, ".status.conditions[].status").getEnum())
                .extracting(JsonNode::asText)
                .containsExactly("True", "False", "Unknown");
        assertThat(field(definition, ".status.conditions[].observedGeneration").getMinimum())
                .isZero();
        assertThat(field(definition, ".status.conditions[].lastTransitionTime").getFormat())
                .isEqualTo("date-time");
        assertThat(reason.getMinLength()).isEqualTo(1);
        assertThat(reason.getMaxLength()).isEqualTo(1024);
        assertThat(reason.getPattern()).isNotNull();
        assertThat(field(definition, ".status.conditions[].message").getMaxLength())
                .isEqualTo(32768);
    }

    private static JSONSchemaProps field(CustomResourceDefinition definition, String path) {
        return Objects.requireNonNull(SchemaFields.of(definition).get(path), path);
    }
}
