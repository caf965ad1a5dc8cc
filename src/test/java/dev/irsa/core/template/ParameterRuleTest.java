package dev.irsa.core.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.api.v1alpha1.TemplateParameter;
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

    @ParameterizedTest
    @ValueSource(strings = {":", "a:b", "arn:aws:s3:::b"})
    void acceptsColonsOnlyInArns(String value) {
        assertThat(rule(".*", ARN, false).problemOf(value)).isEmpty();
        assertThat(rule(".*", STRING, true).problemOf(value))
                .contains("is \"" + value + "\"; only a parameter with type: arn may contain colons; remove them");
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
}
