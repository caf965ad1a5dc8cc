package dev.irsa.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.policy.GlobUnion.InclusionResult;
import dev.irsa.fixtures.policy.GlobReference;
import dev.irsa.fixtures.policy.HardQuestion;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InclusionSearchTest {
    /** The letters in the patterns of the properties, and one letter that is not in them. */
    private static final List<String> LETTERS = List.of("a", "b", "x");

    private static final List<String> WORDS = GlobReference.words(LETTERS, 7);

    @Provide
    Arbitrary<Glob> globs() {
        return patterns("ab?*").map(Glob::of);
    }

    @Provide
    Arbitrary<List<Glob>> unions() {
        return globs().list().ofMaxSize(4);
    }

    @Provide
    Arbitrary<Glob> caselessGlobs() {
        return patterns("aAbB?*").map(Glob::ignoringCase);
    }

    @Provide
    Arbitrary<List<Glob>> caselessUnions() {
        return caselessGlobs().list().ofMaxSize(3);
    }

    private static Arbitrary<String> patterns(String symbols) {
        return Arbitraries.strings().withChars(symbols).ofMaxLength(5);
    }

    /** The definition confirms the witness and finds no shorter one. */
    @Property(tries = 3_000)
    void agreesWithAllShortWords(@ForAll("globs") Glob glob, @ForAll("unions") List<Glob> union) {
        agreesOnWords(glob, union);
    }

    @Property
    void agreesWithAllShortWordsIgnoringCase(
            @ForAll("caselessGlobs") Glob glob, @ForAll("caselessUnions") List<Glob> union) {
        agreesOnWords(glob, union);
    }

    private static void agreesOnWords(Glob glob, List<Glob> union) {
        Stream<String> outside = WORDS.stream().filter(word -> GlobReference.isOutside(word, glob, union));
        String shortest = outside.findFirst().orElse("");

        switch (GlobUnion.of(union).inclusionOf(glob, SearchBudget.forOneRole())) {
            case InclusionResult.Within() ->
                assertThat(WORDS).noneMatch(word -> GlobReference.isOutside(word, glob, union));
            case InclusionResult.Outside(String witness) -> {
                assertThat(witness).matches(word -> GlobReference.isOutside(word, glob, union));
                assertThat(shortest.length()).isIn(0, witness.length());
            }
            case InclusionResult.Undecided() -> throw new AssertionError("so small a question was not decided");
        }
    }

    /** Covers words of every length, because the reference search visits all distinguishable states. */
    @Property(tries = 3_000)
    void agreesWithExhaustiveSearch(@ForAll("globs") Glob glob, @ForAll("unions") List<Glob> union) {
        InclusionResult inclusion = GlobUnion.of(union).inclusionOf(glob, SearchBudget.forOneRole());

        assertThat(GlobReference.shortestOutside(glob, union, LETTERS).map(String::length))
                .isEqualTo(
                        inclusion instanceof InclusionResult.Outside(String witness)
                                ? Optional.of(witness.length())
                                : Optional.empty());
        assertThat(inclusion).isNotInstanceOf(InclusionResult.Undecided.class);
    }

    @Property
    void includesEachOfItsGlobs(@ForAll("unions") List<Glob> union) {
        assertThat(union)
                .allSatisfy(glob -> assertThat(GlobUnion.of(union).inclusionOf(glob, SearchBudget.forOneRole()))
                        .isEqualTo(new InclusionResult.Within()));
    }

    @ParameterizedTest
    @CsvSource({
        "Get*,        Get* Put*",
        "GetObject,   get*",
        "g?t*,        G*",
        "*,           - ?*",
        "*,           - ? ??*",
        "?*?,         ??*",
        "*a*b*,       *a*",
        "a*,          a a?*",
        "*a???????????????????????, *a???????????????????????",
    })
    void includesGlob(String glob, String union) {
        assertThat(inclusion(glob, union)).isEqualTo(new InclusionResult.Within());
    }

    @ParameterizedTest
    @CsvSource({
        "Get*,        GetObject*,         Get",
        "PutObject,   Get*,               PutObject",
        "Put*,        -,                 Put",
        "*,           -  Get*,           X",
        "?,           x y,                Z",
        "*b,          a* b*,              Xb",
        "*,           - ?,               XX",
        "?*,          ?,                  XX",
        "*Object*,    Get* Put* List*,    Object",
        "a*,          a?,                 a",
        "*a,          *b,                 a",
    })
    void findsShortestWitness(String glob, String union, String witness) {
        assertThat(inclusion(glob, union)).isEqualTo(new InclusionResult.Outside(witness));
    }

    @Test
    void matchesNothingWithoutGlobs() {
        GlobUnion nothing = GlobUnion.of(List.of());

        assertThat(nothing.inclusionOf(Glob.of("Aa*"), SearchBudget.forOneRole()))
                .isEqualTo(new InclusionResult.Outside("Aa"));
        assertThat(nothing.inclusionOf(Glob.ignoringCase(""), SearchBudget.forOneRole()))
                .isEqualTo(new InclusionResult.Outside(""));
    }

    @Test
    void treatsSurrogatePairAsOneCharacter() {
        assertThat(inclusion("\uD83D\uDE00", "?")).isEqualTo(new InclusionResult.Within());
        assertThat(inclusion("??", "\uD83D\uDE00? ?\uD83D\uDE01")).isEqualTo(new InclusionResult.Outside("XX"));
        assertThat(inclusion("?\uD83D\uDE00", "a?")).isEqualTo(new InclusionResult.Outside("X\uD83D\uDE00"));
    }

    @Test
    void findsWitnessAmongManySimilarWords() {
        Glob glob = Glob.of(HardQuestion.pattern(3));

        assertThat(hardUnion(3).inclusionOf(glob, SearchBudget.forOneRole()))
                .isInstanceOfSatisfying(
                        InclusionResult.Outside.class,
                        outside -> assertThat(outside.witness())
                                .hasSize(3 * (2 + 2 + 1))
                                .matches(glob::matches));
    }

    @Test
    void reportsUndecidedIfBudgetIsSpent() {
        assertThat(hardUnion(30).inclusionOf(Glob.of(HardQuestion.pattern(30)), SearchBudget.forOneRole()))
                .isEqualTo(new InclusionResult.Undecided());
    }

    @Test
    void sharesBudgetBetweenGlobs() {
        GlobUnion union = hardUnion(30);
        SearchBudget effort = SearchBudget.forOneRole();

        assertThat(union.inclusionOf(Glob.of("ab"), effort)).isEqualTo(new InclusionResult.Outside("ab"));
        assertThat(union.inclusionOf(Glob.of(HardQuestion.pattern(30)), effort))
                .isEqualTo(new InclusionResult.Undecided());
        assertThat(union.inclusionOf(Glob.of("ab"), effort)).isEqualTo(new InclusionResult.Undecided());
    }

    @Test
    void spendsOneUnitForEachCharacterThatItReads() {
        GlobUnion union = GlobUnion.of(List.of(Glob.of("b")));

        assertThat(union.inclusionOf(Glob.of("aaa"), budgetOf(4))).isEqualTo(new InclusionResult.Outside("aaa"));
        assertThat(union.inclusionOf(Glob.of("aaa"), budgetOf(3))).isEqualTo(new InclusionResult.Undecided());
    }

    private static SearchBudget budgetOf(int units) {
        SearchBudget budget = SearchBudget.forOneRole();
        budget.spend(40_000_000 - units);
        return budget;
    }

    private static GlobUnion hardUnion(int questions) {
        return GlobUnion.of(HardQuestion.union(questions).stream().map(Glob::of).toList());
    }

    private static InclusionResult inclusion(String glob, String union) {
        List<Glob> globs = Arrays.stream(union.split(" +", -1))
                .map(pattern -> Glob.ignoringCase(pattern.replace("-", "")))
                .toList();
        return GlobUnion.of(globs).inclusionOf(Glob.ignoringCase(glob), SearchBudget.forOneRole());
    }
}
