package dev.irsa.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferencePageTest {
    @Test
    void thePageIsAsItIsMadeToday() throws IOException {
        assertThat(Files.readString(ReferencePage.PAGE))
                .as(ReferencePage.PAGE + " differs: run 'make reference' and commit it")
                .isEqualTo(ReferencePage.content());
    }

    @Test
    void noFieldAndNoRuleIsLeftOut() throws IOException {
        List<String> fields = new ArrayList<>();
        List<String> rules = new ArrayList<>();
        for (Path definition : ReferencePage.DEFINITIONS) {
            JsonNode schema = Serialization.unmarshal(Files.readString(definition), JsonNode.class)
                    .at("/spec/versions/0/schema/openAPIV3Schema");
            addNames(schema.at("/properties/spec"), fields);
            addNames(schema.at("/properties/status"), fields);
            rules.addAll(schema.findValuesAsText("rule"));
        }
        List<String> shown = Files.readString(ReferencePage.PAGE)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();

        assertThat(fields).hasSizeGreaterThan(50);
        assertThat(shown).containsExactlyInAnyOrderElementsOf(fields);
        assertThat(Files.readString(ReferencePage.PAGE))
                .contains(rules.stream().map(rule -> "(`" + rule + "`)").toList());
    }

    private static void addNames(JsonNode schema, List<String> names) {
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
            names.add(field.getKey());
            addNames(field.getValue(), names);
        }
        if (schema.has("items")) {
            addNames(schema.get("items"), names);
        }
    }
}
