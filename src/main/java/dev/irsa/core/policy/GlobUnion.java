package dev.irsa.core.policy;

import static dev.irsa.core.policy.Glob.ANY;
import static dev.irsa.core.policy.Glob.STAR;

import java.math.BigInteger;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The union of several globs as a nondeterministic finite automaton, which reads a word character by character. The
 * symbols of all globs form one sequence of positions, with an end marker after each glob. A bit set holds the current
 * positions: those in front of the symbols that the rest of the word may match.
 */
public final class GlobUnion {
    private static final String READABLE = "XYZABCDEFGHIJKLMNOPQRSTUVWxyzabcdefghijklmnopqrstuvw0123456789";

    private final List<Glob> globs;
    private final Map<Integer, BigInteger> named = new HashMap<>();
    private BigInteger start = BigInteger.ZERO;
    private BigInteger wildcards = BigInteger.ZERO;
    private BigInteger stars = BigInteger.ZERO;
    private BigInteger lastStars = BigInteger.ZERO;
    private BigInteger ends = BigInteger.ZERO;
    private int size;

    private GlobUnion(Collection<Glob> globs) {
        this.globs = List.copyOf(globs);
        this.globs.forEach(this::append);
    }

    /**
     * Returns the union of these globs. Without globs, the union matches nothing.
     *
     * @throws IllegalArgumentException if only some of the globs ignore case
     */
    public static GlobUnion of(Collection<Glob> globs) {
        GlobUnion union = new GlobUnion(globs);
        union.globs.forEach(union::requireSameCase);
        return union;
    }

    private void append(Glob glob) {
        int[] symbols = glob.symbols();
        start = start.setBit(size);
        for (int symbol : symbols) {
            switch (symbol) {
                case STAR -> stars = stars.setBit(size);
                case ANY -> wildcards = wildcards.setBit(size);
                default -> {
                    int place = size;
                    named.compute(
                            glob.fold(symbol),
                            (character, places) -> (places == null ? BigInteger.ZERO : places).setBit(place));
                }
            }
            size++;
        }
        if (symbols.length > 0 && symbols[symbols.length - 1] == STAR) {
            lastStars = lastStars.setBit(size - 1);
        }
        ends = ends.setBit(size++);
    }

    /**
     * Returns whether the union matches everything that this glob matches. {@link InclusionSearch} proves the answer exact.
     *
     * @param effort the budget, which several comparisons may share
     */
    public InclusionResult inclusionOf(Glob glob, SearchBudget effort) {
        requireSameCase(glob);
        return new InclusionSearch(glob, this, effort).run();
    }

    private void requireSameCase(Glob glob) {
        if (!globs.isEmpty() && globs.getFirst().ignoresCase() != glob.ignoresCase()) {
            throw new IllegalArgumentException(
                    globs.getFirst() + " and " + glob + " cannot be compared: one of them ignores case");
        }
    }

    /** Returns a character that no glob contains, preferably a letter or digit, so that messages with it are readable. */
    int unnamed() {
        return IntStream.concat(READABLE.chars(), IntStream.iterate('!', character -> character + 1))
                .filter(character -> !named.containsKey(fold(character)))
                .findFirst()
                .orElseThrow();
    }

    /** Folds a character. All globs fold alike, and without globs no folding is necessary. */
    private int fold(int character) {
        return globs.isEmpty() ? character : globs.getFirst().fold(character);
    }

    /** Returns the positions before the first character. */
    BigInteger start() {
        return closure(start);
    }

    /** Returns the positions after reading this character. */
    BigInteger read(BigInteger places, int character) {
        BigInteger fitting =
                named.getOrDefault(fold(character), BigInteger.ZERO).or(wildcards);
        return closure(places.and(fitting).shiftLeft(1).or(places.and(stars)));
    }

    /** Adds the positions after stars, because a star may match nothing. */
    private BigInteger closure(BigInteger places) {
        return places.or(places.and(stars).shiftLeft(1));
    }

    boolean acceptsHere(BigInteger places) {
        return places.and(ends).signum() != 0;
    }

    /** Returns whether the union matches every continuation, because a star at the end of a glob is reached. */
    boolean acceptsAllFrom(BigInteger places) {
        return places.and(lastStars).signum() != 0;
    }

    /** Returns how many units of {@link SearchBudget} one operation on a set of positions costs. */
    int cost() {
        return 1 + size / Long.SIZE;
    }

    /** Whether a union of globs matches everything that a glob matches. */
    public sealed interface InclusionResult {
        /** The union matches everything that the glob matches. */
        record Within() implements InclusionResult {}

        /**
         * The glob matches something that the union does not.
         *
         * @param witness a shortest word that the glob matches and the union does not
         */
        record Outside(String witness) implements InclusionResult {}

        /** The search exceeded its budget. A security check must treat this as not included. */
        record Undecided() implements InclusionResult {}
    }
}
