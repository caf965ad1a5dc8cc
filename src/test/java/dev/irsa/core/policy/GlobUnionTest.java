package dev.irsa.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.core.policy.GlobUnion.InclusionResult;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobUnionTest {
    @ParameterizedTest
    @CsvSource({
        "ab,     ab, true",
        "ab,     a,  false",
        "ab,     abc, false",
        "a?,     ax, true",
        "a?,     a,  false",
        "a*,     a,  true",
        "a*,     axy, true",
        "*b,     aab, true",
        "*b,     aba, false",
        "x ab,   ab, true",
        "x y,    ab, false"
    })
    void acceptsWordsOfAnyGlob(String globs, String word, boolean accepted) {
        GlobUnion union = union(globs);

        assertThat(union.acceptsHere(read(union, word))).isEqualTo(accepted);
    }

    @Test
    void acceptsEveryContinuationOnceStarAtEndIsReached() {
        GlobUnion union = union("ab* c");

        assertThat(union.acceptsAllFrom(read(union, "a"))).isFalse();
        assertThat(union.acceptsAllFrom(read(union, "ab"))).isTrue();
        assertThat(union.acceptsAllFrom(read(union, "abx"))).isTrue();
        assertThat(union.acceptsAllFrom(read(union, "c"))).isFalse();
    }

    @Test
    void ignoresCaseLikeItsGlobs() {
        GlobUnion union = GlobUnion.of(List.of(Glob.ignoringCase("aB")));

        assertThat(union.acceptsHere(read(union, "Ab"))).isTrue();
        assertThat(union("aB").acceptsHere(read(union("aB"), "Ab"))).isFalse();
    }

    @Test
    void choosesReadableCharacterThatNoGlobContains() {
        assertThat(union("a").unnamed()).isEqualTo('X');
        assertThat(union("X Y").unnamed()).isEqualTo('Z');
        assertThat(GlobUnion.of(List.of(Glob.ignoringCase("x"))).unnamed()).isEqualTo('Y');
    }

    @Test
    void choosesOtherCharacterIfGlobsContainAllLettersAndDigits() {
        List<Glob> all = "abcdefghijklmnopqrstuvwxyz0123456789!"
                .chars()
                .mapToObj(character -> Glob.ignoringCase(Character.toString(character)))
                .toList();

        assertThat(GlobUnion.of(all).unnamed()).isEqualTo('"');
        assertThat(GlobUnion.of(all).inclusionOf(Glob.ignoringCase("?"), SearchBudget.forOneRole()))
                .isEqualTo(new InclusionResult.Outside("\""));
    }

    @Test
    void costsMoreWithMoreSymbols() {
        assertThat(union("a".repeat(62)).cost()).isEqualTo(1);
        assertThat(union("a".repeat(63)).cost()).isEqualTo(2);
        assertThat(union("a".repeat(127)).cost()).isEqualTo(3);
    }

    @Test
    void refusesGlobsWithDifferentCaseSensitivity() {
        Glob one = Glob.of("a");
        Glob other = Glob.ignoringCase("B");

        assertThatThrownBy(() -> GlobUnion.of(List.of(one)).inclusionOf(other, SearchBudget.forOneRole()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a and B cannot be compared: one of them ignores case");
        assertThatThrownBy(() -> GlobUnion.of(List.of(one, other))).isInstanceOf(IllegalArgumentException.class);
    }

    private static BigInteger read(GlobUnion union, String word) {
        BigInteger places = union.start();
        for (int character : word.codePoints().toArray()) {
            places = union.read(places, character);
        }
        return places;
    }

    private static GlobUnion union(String globs) {
        return GlobUnion.of(Stream.of(globs.split(" ")).map(Glob::of).toList());
    }
}
