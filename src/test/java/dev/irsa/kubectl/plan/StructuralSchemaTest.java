package dev.irsa.kubectl.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class StructuralSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Optional<String> violation(String schema, String value) {
        return new StructuralSchema(JSON.valueToTree(yaml(schema))).violation("a", JSON.valueToTree(yaml(value)));
    }

    private static Object yaml(String text) {
        return new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {type: string}                           | 1                  | a: expected a string, found 1
            {type: string}                           | null               | a: expected a string, found null
            {type: integer}                          | 1.5                | a: expected an integer, found 1.5
            {type: integer}                          | '"1"'              | a: expected an integer, found "1"
            {type: boolean}                          | '"true"'           | a: expected true or false, found "true"
            {type: string, enum: [x, y]}             | z                  | a: expected x or y, found "z"
            {type: string, maxLength: 2}             | abc                | a: expected at most 2 characters, found 3
            {type: string, minLength: 1}             | '""'               | a: expected at least 1 characters, found 0
            {type: string, pattern: '^x'}            | yx                 | a: expected text that matches ^x, found "yx"
            {type: integer, minimum: 1, maximum: 9}  | 10                 | a: expected a number from 1 to 9, found 10
            {type: integer, minimum: 0}              | -1                 | a: expected a number of at least 0, found -1
            {type: array, minItems: 1}               | []                 | a: expected at least 1 entries, found 0
            {type: array, maxItems: 1}               | [1, 2]             | a: expected at most 1 entries, found 2
            {type: array, items: {type: string}}     | [x, 2]             | a[1]: expected a string, found 2
            {type: array, x-kubernetes-list-type: set} | [x, x]           | a[1]: expected no second entry like it, found "x"
            {type: object, maxProperties: 1}         | {b: 1, c: 2}       | a: expected at most 1 entries, found 2
            {type: object, additionalProperties: {type: string}} | {b: 1} | a.b: expected a string, found 1
            {type: object, required: [b], properties: {b: {type: array}}} | {b: null} | a.b: expected a list, found nothing
            {type: object, properties: {b: {type: array}}} | {c: null}    | unknown field a.c: expected b
            """)
    void names(String schema, String value, String problem) {
        assertThat(violation(schema, value)).contains(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {type: string, maxLength: 1}             | 😀
            {type: integer, minimum: 1, maximum: 9}  | 9
            {type: integer}                          | 9.0
            {type: object, properties: {b: {type: array}}} | {b: null}
            {type: object, x-kubernetes-preserve-unknown-fields: true} | {b: {c: [1, null]}}
            {type: array, items: {type: string}}     | [x, x]
            {type: array, x-kubernetes-list-type: atomic} | [x, x]
            """)
    void accepts(String schema, String value) {
        assertThat(violation(schema, value)).isEmpty();
    }

    @Test
    void refusesSecondEntryWithTheSameKey() {
        String schema = "{type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [name]}";

        assertThat(violation(schema, "[{name: x, b: 1}, {name: x, b: 2}]"))
                .contains("a[1]: expected no second entry like it, found an object");
        assertThat(violation(schema, "[{name: x}, {name: y}]")).isEmpty();
    }

    @Test
    void cutsLongText() {
        assertThat(violation("{type: string, enum: [x]}", "y".repeat(500)).orElseThrow())
                .hasSizeLessThan(100);
    }
}
