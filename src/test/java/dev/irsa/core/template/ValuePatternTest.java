package dev.irsa.core.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuePatternTest {
    private static final String TOO_MUCH = "repeats too much; use smaller or fewer counts";

    @ParameterizedTest
    @CsvSource({
        "a|ab, ab, true",
        "a|ab, abc, false",
        "b, ab, false",
        "b, ba, false",
        "(?m)^a$, 'a\nb', false",
        "^a$, a, true",
        "'[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]', invoices, true",
        "'[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]', in, false",
        "'', '', true",
        "'', a, false",
        "(?i)a, A, true"
    })
    void matchesWholeValue(String pattern, String value, boolean matches) {
        assertThat(ValuePattern.of(pattern).matches(value)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "(a, missing closing )",
        "[, missing closing ]",
        "(?=a), invalid or unsupported Perl syntax",
        "\\1, invalid escape sequence",
        "a**, invalid nested repetition operator",
        "'a{1001}', invalid repeat count"
    })
    void reportsWhatIsNotRe2(String pattern, String reason) {
        assertThat(ValuePattern.problemOf(pattern))
                .contains("is not a regular expression in RE2 syntax (" + reason + "); correct it");
        assertThatThrownBy(() -> ValuePattern.of(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{1000}){1000})",
                "((a{100}){100}){100}",
                "((((x*){30}){30}){30}){30}",
                "(a{1,1000}){1,1000}",
                "(a{1000,}){1000,}",
                "(?:a{1000})*{1000}",
                "a{1000}{1000}",
                "(a?a?a?a?a?a?a?a?a?a?a?a?){1000}",
                "(\n{1000}){1000}",
                "((((((((a{1000}){1000}){1000}){1000}){1000}){1000}){1000}){1000})"
            })
    void refusesToExpandNestedRepetitions(String pattern) {
        assertThat(ValuePattern.problemOf(pattern)).contains(TOO_MUCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[A-Za-z0-9/_.-]{0,256}",
                "arn:aws:dynamodb:[a-z0-9-]+:[0-9]{12}:table/[a-zA-Z0-9_.-]{3,255}",
                "([a-z]{1,63}/){0,3}[a-z]{1,63}",
                "a{1000}b{1000}c{0}(d){0}(e){,5}",
                "(a{500}b{500})c{,}(d){3}"
            })
    void acceptsUsualRepetitions(String pattern) {
        assertThat(ValuePattern.problemOf(pattern)).isEmpty();
    }

    @Test
    void boundsExpandedSizeExactly() {
        // The length of the pattern and the count of the first repetition, times the count of the group.
        assertThat(ValuePattern.problemOf("(a{388}){10}")).isEmpty();
        assertThat(ValuePattern.problemOf("(a{389}){10}")).contains(TOO_MUCH);
    }

    @Test
    void matchesLargestPatternOnSmallStack() throws InterruptedException {
        String pattern = "(" + "a?".repeat(99) + "){19}";
        boolean[] matched = {false};
        Thread thread = new Thread(
                null, () -> matched[0] = ValuePattern.of(pattern).matches("a".repeat(256)), "small", 1L << 19);
        thread.start();
        thread.join();

        assertThat(matched[0]).isTrue();
    }
}
