package dev.irsa.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.junit.jupiter.api.Test;

class QuotedValueTest {
    @Test
    void quotesTextAsJson() {
        assertThat(QuotedValue.of("a \"b\"")).isEqualTo("\"a \\\"b\\\"\"");
        assertThat(QuotedValue.of(JsonNodeFactory.instance.objectNode().put("a", 1)))
                .isEqualTo("{\"a\":1}");
    }

    @Test
    void reportsMissingValue() {
        assertThat(QuotedValue.of(MissingNode.getInstance())).isEqualTo("missing");
    }

    @Test
    void truncatesLongValue() {
        assertThat(QuotedValue.of("a".repeat(58))).isEqualTo("\"" + "a".repeat(58) + "\"");
        assertThat(QuotedValue.of("a".repeat(59)))
                .isEqualTo("\"" + "a".repeat(56) + "...")
                .hasSize(QuotedValue.LONGEST);
    }
}
