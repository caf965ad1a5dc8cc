package dev.irsa.kubectl.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class YamlDocumentsTest {
    @Test
    void readsDocumentsInOrder() throws InvalidFile {
        assertThat(YamlDocuments.parse("f", "a: 1\n---\n---\n[b, {\"c\": true}]\n"))
                .extracting(JsonNode::toString)
                .containsExactly("{\"a\":1}", "null", "[\"b\",{\"c\":true}]");
    }

    @Test
    void createsNoObjectsOfOtherTypes() {
        assertThatThrownBy(() -> YamlDocuments.parse("f", "!!java.net.URL [\"http://127.0.0.1\"]"))
                .isInstanceOf(InvalidFile.class);
    }

    @Test
    void refusesValueThatContainsItself() {
        assertThatThrownBy(() -> YamlDocuments.parse("f", "a: &a [*a]"))
                .isInstanceOf(InvalidFile.class)
                .hasMessageContaining("nested too deeply");
    }

    @Test
    void refusesAliasesThatMultiply() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 24; i++) {
            text.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThatThrownBy(() -> YamlDocuments.parse("f", text.toString()))
                .isInstanceOf(InvalidFile.class)
                .hasMessageContaining("too large");
    }

    @Test
    void namesTheLineOfAnError() {
        assertThatThrownBy(() -> YamlDocuments.parse("f.yaml", "a: 1\nb: [\n"))
                .hasMessageStartingWith("f.yaml is not valid YAML at line 3, column 1: ");
    }
}
