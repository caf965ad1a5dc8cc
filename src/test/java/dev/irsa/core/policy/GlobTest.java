package dev.irsa.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.fixtures.policy.GlobReference;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    private static final List<String> WORDS = GlobReference.words(List.of("a", "b"), 8);

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.strings().withChars("abAB*?").ofMaxLength(8);
    }

    @Provide
    Arbitrary<String> shortPatterns() {
        return Arbitraries.strings().withChars("abA*?").ofMaxLength(4);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("abAB").ofMaxLength(8);
    }

    @Property(tries = 20_000)
    void matchesAsDefined(
            @ForAll("patterns") String pattern, @ForAll("texts") String text, @ForAll boolean ignoresCase) {
        Glob glob = new Glob(pattern, ignoresCase);

        assertThat(glob.matches(text)).isEqualTo(GlobReference.matches(glob, text));
    }

    @Property(tries = 20_000)
    void overlapsIfTextMatchesBoth(@ForAll("shortPatterns") String one, @ForAll("shortPatterns") String other) {
        Glob first = Glob.ignoringCase(one);
        Glob second = Glob.ignoringCase(other);
        // The shortest common text has no more characters than both patterns together.
        boolean common = WORDS.stream()
                .anyMatch(word -> GlobReference.matches(first, word) && GlobReference.matches(second, word));

        assertThat(first.overlaps(second)).isEqualTo(common);
        assertThat(second.overlaps(first)).isEqualTo(common);
    }

    @Test
    void comparesOnlyGlobsThatTreatCaseAlike() {
        assertThatThrownBy(() -> Glob.of("a").overlaps(Glob.ignoringCase("a")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'',                             '',                                true",
        "'',                             a,                                 false",
        "*,                              '',                                true",
        "arn:aws:iam::*:policy/team/*,   arn:aws:iam::1:policy/team/a/b,    true",
        "arn:aws:iam::*:policy/team/*,   arn:aws:iam::1:policy/teams/a,     false",
        "a.c,                            abc,                               false",
        "a\\*,                           a*,                                false",
        "[ab],                           a,                                 false",
        "?,                              *,                                 true",
        "S3,                             s3,                                false",
        "?,                              \uD83D\uDE00,                      true",
        "??,                             \uD83D\uDE00,                      false",
    })
    void treatsOnlyStarAndQuestionMarkAsWildcards(String pattern, String text, boolean matches) {
        assertThat(Glob.of(pattern).matches(text)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "GetObject, gEToBJECT, true",
        "a-z,       A-Z,       true",
        "@,         `,         false",
        "[,         {,         false",
        "k,         \u212A,    false",
        "K,         \u212A,    false",
        "\u212A,    k,         false",
        "i,         \u0131,    false",
        "I,         \u0131,    false",
        "i,         \u0130,    false",
        "s,         \u017F,    false",
        "a,         \u0430,    false",
        "\u00E4,    \u00C4,    false",
    })
    void ignoresTheCaseOfAsciiLettersOnly(String pattern, String text, boolean matches) {
        assertThat(Glob.ignoringCase(pattern).matches(text)).isEqualTo(matches);
    }

    @Test
    void decidesPatternWithManyStarsQuickly() {
        String text = "a".repeat(5_000);

        assertThat(Glob.of("a*".repeat(500)).matches(text)).isTrue();
        assertThat(Glob.of("a*".repeat(500) + "b").matches(text)).isFalse();
        assertThat(Glob.of("*".repeat(5_000) + "b").matches(text)).isFalse();
        assertThat(Glob.of("*a?".repeat(500) + "b*").matches(text)).isFalse();
    }

    @Test
    void isFormattedAsWritten() {
        assertThat(Glob.ignoringCase("Get**")).hasToString("Get**");
    }
}
