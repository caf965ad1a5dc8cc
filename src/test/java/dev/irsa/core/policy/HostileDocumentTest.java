package dev.irsa.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.fixtures.policy.Documents;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that a text is either a JSON object and a document, or refused. jqwik prints the seed of a failure. */
class HostileDocumentTest {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final ActionAllowlist SOME = ActionAllowlist.of(List.of("s3:Get*", "dynamodb:?*"));
    private static final ActionAllowlist EVERYTHING = ActionAllowlist.of(List.of("*"));

    /** Values that can break parsers, which replace parts of documents. */
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
    void readsOrRefusesAnyText(@ForAll @StringLength(max = 200) String text) {
        assertRead(text);
        assertRead("{\"Statement\":[" + text + "]}");
        assertRead("{\"Statement\":{\"Action\":\"" + text + "\",\"" + text + "\":" + text + "}}");
    }

    @Property(tries = 5_000)
    void readsOrRefusesCorruptedDocument(@ForAll("documents") ObjectNode document, @ForAll long seed) {
        boolean isDocument = assertRead(spoilt(document.toString(), new Random(seed)));

        Statistics.label("is a document").collect(isDocument).coverage(coverage -> {
            coverage.check(true).percentage(percent -> percent > 1);
            coverage.check(false).percentage(percent -> percent > 1);
        });
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
    @CsvSource(
            delimiter = '|',
            value = {"{\"a\": | }", "[ | ]", "{\"Statement\":[{\"Condition\":{\"x\":[ | ]}}]}"})
    void refusesDeepNesting(String open, String close) {
        assertDocument(nested(open, close, 150));

        String many = nested(open, close, 100_000);
        assertThatThrownBy(() -> PolicyDocument.parse(many))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nesting depth");
    }

    private static String nested(String open, String close, int times) {
        return "{\"Statement\":" + open.repeat(times) + "1" + close.repeat(times) + "}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\uFEFF", "{\"a\":\"", "{\"a\":\u0000}", "{\"Statement\":[]", "[{}]", "{}{}", "{} and more"})
    void refusesTruncatedDocument(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e999999999", "-1e-999999999", "1e400", "0.1", "1.0", "123456789012345678901234567890", "-0"})
    void readsNumberOfAnySizeCheaply(String number) {
        String text =
                "{\"Id\":" + number + ",\"Statement\":{\"Condition\":{\"NumericEquals\":{\"k\":" + number + "}}}}";

        assertDocument(text);
        // The two infinities are written as words.
        assertThat(PolicyDocument.parse(text).size()).isLessThanOrEqualTo(text.length() + 10);
    }

    @Test
    void usesLastOfDuplicateKeys() {
        assertThat(PolicyDocument.parse("{\"Version\":\"a\",\"Version\":\"b\"}"))
                .isEqualTo(PolicyDocument.parse("{\"Version\":\"b\"}"))
                .isNotEqualTo(PolicyDocument.parse("{\"Version\":\"a\"}"));
    }

    @Test
    void readsAndComparesMegabyte() {
        String actions = "\"s3:Get*\",".repeat(100_000) + "\"s3:Put*\"";
        PolicyDocument large = PolicyDocument.parse("{\"Statement\":{\"Action\":[" + actions + "]}}");

        assertThat(large).isEqualTo(PolicyDocument.parse("{\"Statement\":[{\"Action\":[\"S3:PUT*\",\"s3:get*\"]}]}"));
        assertDocument("{\"Statement\":{\"Action\":\"s3:" + "*?".repeat(500_000) + "\"}}");
    }

    @Test
    void refusesKeyOfMegabyte() {
        assertDocument("{\"" + "k".repeat(10_000) + "\":1}");
        assertRefused("{\"" + "k".repeat(1_000_000) + "\":1}");
    }

    /** Checks the invariants of the text and returns whether it is a document. */
    private static boolean assertRead(String text) {
        boolean isDocument = tree(text).filter(JsonNode::isObject).isPresent();
        if (isDocument) {
            assertDocument(text);
        } else {
            assertRefused(text);
        }
        return isDocument;
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> PolicyDocument.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not ");
    }

    /** Checks that the document equals its other spellings and no other document, and that it can be evaluated. */
    private static void assertDocument(String text) {
        PolicyDocument document = PolicyDocument.parse(text);
        ObjectNode tree = (ObjectNode) tree(document.text()).orElseThrow();
        PolicyDocument spaced = PolicyDocument.parse(tree.toPrettyString());
        assertThat(spaced).isEqualTo(document).hasSameHashCodeAs(document);
        assertThat(spaced.text()).isEqualTo(tree.toString());
        assertThat(document.size()).isBetween(2, document.text().length());
        assertThat(PolicyDocument.of(tree.deepCopy().put("key of nobody else", 1)))
                .isNotEqualTo(document);
        assertJudged(tree);
    }

    /** Checks that no limit accepts a document that the grammar or an unrestricted limit refuses. */
    private static void assertJudged(JsonNode tree) {
        List<String> problems = PolicyGrammar.problemsOf(tree);
        if (problems.isEmpty()) {
            assertThat(tree.path("Version").isTextual()).isTrue();
            assertThat(tree.path("Statement")).isNotEmpty();
            assertThat(SOME.excessOf(tree)).containsAll(EVERYTHING.excessOf(tree));
        } else {
            assertThat(problems).noneMatch(String::isBlank);
            assertThat(SOME.excessOf(tree)).isEqualTo(problems);
            assertThat(EVERYTHING.excessOf(tree)).isEqualTo(problems);
        }
    }

    private static Optional<JsonNode> tree(String text) {
        try {
            return Optional.of(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
