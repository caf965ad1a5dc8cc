package dev.irsa.core.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.api.v1beta1.TemplateParameter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterRuleTest {
    private static final TemplateParameter.Type STRING = TemplateParameter.Type.STRING;
    private static final TemplateParameter.Type ARN = TemplateParameter.Type.ARN;

    private static ParameterRule rule(String pattern, TemplateParameter.Type type, boolean wildcards) {
        return new ParameterRule(new TemplateParameter("p", pattern, null, "", type, wildcards));
    }

    @Test
    void acceptsWhatPatternMatches() {
        assertThat(rule("[a-z]+", STRING, false).problemOf("invoices")).isEmpty();
        assertThat(rule(".*", STRING, false).problemOf("")).isEmpty();
        assertThat(rule("[a-z]+", STRING, false).problemOf("Invoices"))
                .contains("is \"Invoices\"; it must match the pattern [a-z]+; choose another value");
    }

    @Test
    void acceptsPrintableAscii() {
        ParameterRule any = rule("(?s).*", ARN, true);
        for (char character = 0; character < 300; character++) {
            boolean forbidden = "${}\"'`\\".indexOf(character) >= 0;
            boolean expected = character >= 0x20 && character <= 0x7E && !forbidden;

            assertThat(any.problemOf("a" + character + "b").isEmpty())
                    .as("U+%04X", (int) character)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\n", "\u007F", "\u00E9", "\uD83D\uDE00", "\u202E"})
    void refusesOtherCharacters(String value) {
        assertThat(rule("(?s).*", ARN, true).problemOf(value))
                .get()
                .asString()
                .endsWith("; a value may contain printable ASCII characters only; remove the others");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$", "a{", "}", "\"", "'", "`", "a\\b"})
    void refusesCharactersOfVariablesAndQuotes(String value) {
        assertThat(rule(".*", ARN, true).problemOf(value))
                .get()
                .asString()
                .startsWith("is \"")
                .endsWith("\"; a value may contain none of $ { } \" ' ` and \\; remove them");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "a?", "in*s"})
    void acceptsWildcardsOnlyIfTemplateDoes(String value) {
        assertThat(rule(".*", STRING, true).problemOf(value)).isEmpty();
        assertThat(rule(".*", ARN, false).problemOf(value))
                .contains("is \"" + value
                        + "\"; this parameter does not allow the wildcards * and ?; write the exact value");
    }

    /** AWS completes it with wildcards. */
    @ParameterizedTest
    @ValueSource(strings = {"arn:", "arn:aws:sqs", "arn:aws:sqs:eu-west-1", "arn:aws:sqs:eu-west-1:111122223333"})
    void acceptsIncompleteArnOnlyIfTemplateAcceptsWildcards(String value) {
        assertThat(rule(".*", ARN, true).problemOf(value)).isEmpty();
        assertThat(rule(".*", ARN, false).problemOf(value))
                .contains("is \"" + value
                        + "\"; AWS reads an ARN with fewer than 6 parts as one with wildcards, which this parameter does not allow;"
                        + " write the whole ARN");
        assertThat(rule(".*", ARN, false).problemOf("arn:aws:sqs:eu-west-1:111122223333:q"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {":", "a:b", "arn:aws:s3:::b"})
    void acceptsColonsOnlyInArns(String value) {
        assertThat(rule(".*", ARN, false).problemOf(value)).isEmpty();
        assertThat(rule(".*", STRING, true).problemOf(value))
                .contains("is \"" + value + "\"; only a parameter with type: ARN may contain colons; remove them");
    }

    @ParameterizedTest
    @CsvSource({"256, true", "257, false"})
    void limitsLength(int length, boolean accepted) {
        String value = "a".repeat(length);

        assertThat(rule(".*", STRING, false).problemOf(value).isEmpty()).isEqualTo(accepted);
        assertThat(rule(".*", STRING, false).problemOf("a".repeat(257)))
                .contains("has 257 characters; a value may have at most 256; use a shorter value");
    }

    @Test
    void shortensValueInMessage() {
        assertThat(rule("b", STRING, false).problemOf("a".repeat(200)))
                .contains("is \"" + "a".repeat(56) + "...; it must match the pattern b; choose another value");
    }

    @Test
    void requiresValidPattern() {
        assertThatThrownBy(() -> rule("(", STRING, false)).isInstanceOf(IllegalArgumentException.class);
    }

    private static TemplateParameter parameter(String name, String pattern, @Nullable String defaultValue) {
        return new TemplateParameter(name, pattern, defaultValue, "", TemplateParameter.Type.STRING, false);
    }

    private static List<String> problems(TemplateParameter... parameters) {
        return ParameterRule.problemsOf(Arrays.asList(parameters));
    }

    @Test
    void acceptsParametersWithAndWithoutDefault() {
        assertThat(problems(
                        parameter("a", "[a-z]+", null),
                        parameter("bucketName2", ".*", ""),
                        parameter("a" + "b".repeat(62), "x", "x")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "1a", "a-b", "a b", "\u00E9", "a}}", "aws:username"})
    void refusesInvalidNames(String name) {
        assertThat(problems(parameter(name, "(", null)))
                .containsExactly(
                        "parameter \"" + name
                                + "\": a name begins with a lower-case letter and has at most 63 letters and digits; rename it");
    }

    @Test
    void refusesLongNames() {
        assertThat(problems(parameter("a".repeat(64), ".*", null)))
                .singleElement()
                .asString()
                .contains("has at most 63 letters and digits; rename it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"partition", "account", "region", "cluster", "namespace", "serviceAccount"})
    void refusesReservedNames(String name) {
        assertThat(problems(parameter(name, ".*", null)))
                .containsExactly(
                        "parameter " + name + ": the name is reserved; the operator provides its value; rename it");
        assertThat(problems(parameter(name + "2", ".*", null))).isEmpty();
    }

    @Test
    void refusesSecondParameterOfSameName() {
        assertThat(problems(parameter("a", ".*", null), parameter("b", ".*", null), parameter("a", ".*", null)))
                .containsExactly("parameter a: another parameter has this name; remove one of them");
        assertThat(problems(parameter("ab", ".*", null), parameter("aB", ".*", null)))
                .isEmpty();
    }

    @Test
    void refusesPatternThatDoesNotCompile() {
        assertThat(problems(parameter("a", "(b", "c")))
                .containsExactly(
                        "parameter a: pattern \"(b\" is not a regular expression in RE2 syntax (missing closing"
                                + " )); correct it");
    }

    @Test
    void refusesDefaultThatIsNotAllowedAsValue() {
        assertThat(problems(parameter("a", "[a-z]+", ""), parameter("b", ".*", "x:y"), parameter("c", ".*", "${d}")))
                .containsExactly(
                        "parameter a: default is \"\"; it must match the pattern [a-z]+; choose another value",
                        "parameter b: default is \"x:y\"; only a parameter with type: ARN may contain colons; remove"
                                + " them",
                        "parameter c: default is \"${d}\"; a value may contain none of $ { } \" ' ` and \\; remove"
                                + " them");
    }
}
