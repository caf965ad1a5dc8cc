package dev.irsa.kubectl.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.kubectl.plan.InvalidFile;
import dev.irsa.kubectl.plan.YamlDocuments;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockYamlTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void indentsLikeKubectl() throws Exception {
        JsonNode tree = JSON.readTree("""
                {"a": {"b": [{"c": 1, "d": ["x", ["y", {"z": true}]]}, "s"]}, "none": [], "empty": {}, "nil": null}""");

        assertThat(BlockYaml.of(tree)).isEqualTo("""
                a:
                  b:
                  - c: 1
                    d:
                    - x
                    - - "y"
                      - z: true
                  - s
                none: []
                empty: {}
                nil: null
                """);
    }

    /** Each is something else than a text for some parser, or means something in YAML. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " a",
                "a ",
                "on",
                "Off",
                "YES",
                "no",
                "y",
                "N",
                "null",
                "~",
                "True",
                "1e3",
                "0x1f",
                "010",
                "1:30",
                "2012-10-17",
                ".5",
                "-",
                "- a",
                "a: b",
                "a:",
                "a #b",
                "*",
                "&a",
                "!a",
                "{a}",
                "[a]",
                "%a",
                "@a",
                "`a",
                "'a",
                "\"a",
                "a\nb",
                "=",
                "<<"
            })
    void quotesWhatParsersMightMisread(String text) {
        assertThat(BlockYaml.text(text)).startsWith("\"").endsWith("\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"arn:aws:iam::aws:policy/A", "s3:*", "External DNS", "/teams/shop/", "a", "one-two", "nothing"})
    void writesPlainTextsPlain(String text) {
        assertThat(BlockYaml.text(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0085", "\u2028", "\ufeff", "\u0000", "\u200b"})
    void escapesWhatYamlTreatsAsBreakOrRejects(String text) {
        assertThat(BlockYaml.text(text)).matches("\"\\\\[uU]0+[0-9a-fA-F]{2,4}\"");
    }

    @Property(tries = 300)
    void readsAsWritten(@ForAll String key, @ForAll String value) throws InvalidFile {
        JsonNode tree = JSON.createObjectNode()
                .set(wellFormed(key), JSON.createArrayNode().add(wellFormed(value)));

        assertThat(YamlDocuments.parse("a", BlockYaml.of(tree))).containsExactly(tree);
    }

    /** JSON from servers has no half of a surrogate pair. */
    private static String wellFormed(String text) {
        return text.codePoints()
                .filter(character -> character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE)
                .limit(60)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
