package dev.irsa.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a text holds, it is a document or it is refused as the method says; jqwik prints the seed of a failure. */
class HostileDocumentTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What breaks parsers, put into documents in the place of something else. */
    private static final List<String> POISON = List.of(
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "null",
            "1e999999999",
            "-0",
            "1E400",
            "\u0000",
            "\uFEFF",
            "\uD800",
            "\\ud800",
            "\\u0000",
            "{\"a\":1,\"a\":2}",
            "9".repeat(2_000),
            "*?*?*?*?",
            "${*}",
            "\u202E",
            "/*",
            "NaN");

    @Provide
    Arbitrary<ObjectNode> documents() {
        return Documents.any();
    }

    @Property(tries = 5_000)
    void anyTextIsADocumentOrRefused(@ForAll @StringLength(max = 200) String text) {
        survives(text);
        survives("{\"Statement\":[" + text + "]}");
        survives("{\"Statement\":{\"Action\":\"" + text + "\",\"" + text + "\":" + text + "}}");
    }

    @Property(tries = 5_000)
    void aSpoiltDocumentIsADocumentOrRefused(@ForAll("documents") ObjectNode document, @ForAll long seed) {
        survives(spoilt(document.toString(), new Random(seed)));
    }

    private static String spoilt(String text, Random random) {
        StringBuilder spoilt = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(spoilt.length());
            int end = Math.min(spoilt.length(), at + random.nextInt(6));
            spoilt.replace(at, end, POISON.get(random.nextInt(POISON.size())));
        }
        return spoilt.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "[", "{\"Statement\":[{\"Condition\":{\"x\":["})
    void levelsWithoutEndAreRefused(String level) {
        String opened = "{\"Statement\":" + level.repeat(100_000);

        assertThatThrownBy(() -> PolicyDocument.parse(opened)).isInstanceOf(IllegalArgumentException.class);
        String closed = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertThatThrownBy(() -> PolicyDocument.parse(closed)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"Statement\":[]}\uFEFF", "\uFEFF", "{\"a\":\"", "{\"a\":\u0000}"})
    void halfADocumentIsNone(String text) {
        survives(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e999999999", "-1e-999999999", "1e400", "0.1", "1.0", "123456789012345678901234567890", "-0"})
    void aNumberOfAnySizeCostsNoMoreThanItsText(String number) {
        survives("{\"Id\":" + number + ",\"Statement\":{\"Condition\":{\"NumericEquals\":{\"k\":" + number + "}}}}");
    }

    @Test
    void ofAKeyThatComesTwiceTheLastCounts() {
        assertThat(PolicyDocument.parse("{\"Version\":\"a\",\"Version\":\"b\"}"))
                .isEqualTo(PolicyDocument.parse("{\"Version\":\"b\"}"))
                .isNotEqualTo(PolicyDocument.parse("{\"Version\":\"a\"}"));
    }

    @Test
    void aMegabyteIsReadAndCompared() {
        String actions = "\"s3:Get*\",".repeat(100_000) + "\"s3:Put*\"";
        PolicyDocument large = PolicyDocument.parse("{\"Statement\":{\"Action\":[" + actions + "]}}");

        assertThat(large).isEqualTo(PolicyDocument.parse("{\"Statement\":[{\"Action\":[\"S3:PUT*\",\"s3:get*\"]}]}"));
        survives("{\"Statement\":{\"Action\":\"s3:" + "*?".repeat(500_000) + "\"}}");
        survives("{\"" + "k".repeat(1_000_000) + "\":1}");
    }

    /** A document is the same as itself, sent and read back, and spelt otherwise; and everything can be said of it. */
    private static void survives(String text) {
        Optional<PolicyDocument> read = read(text);
        if (read.isEmpty()) {
            return;
        }
        PolicyDocument document = read.get();
        PolicyDocument again = PolicyDocument.parse(document.text());
        assertThat(again).isEqualTo(document);
        assertThat(document).isEqualTo(again).hasSameHashCodeAs(again);
        assertThat(document.size()).isBetween(2, document.text().length());
        JsonNode tree = tree(document.text());
        PolicyDocument spaced = PolicyDocument.parse(tree.toPrettyString());
        assertThat(spaced).isEqualTo(document);
        assertThat(String.join("", PolicyGrammar.problemsOf(tree))).isNotNull();
        assertThat(ActionLimit.of(List.of("s3:Get*", "dynamodb:?*")).excessOf(tree))
                .isNotNull();
        assertThat(document.text().getBytes(StandardCharsets.UTF_8)).isNotEmpty();
    }

    private static Optional<PolicyDocument> read(String text) {
        try {
            return Optional.of(PolicyDocument.parse(text));
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("not ");
            return Optional.empty();
        }
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
