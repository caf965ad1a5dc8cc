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
 * What at least one of several globs accepts, as one automaton that reads a word character by character. The
 * symbols of all globs stand in one row, with an end after each. A set of places in that row, one bit each, says
 * where reading may stand: before the symbols that the rest of the word may fit.
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
     * The union of these globs, which is empty when there are none.
     *
     * @throws IllegalArgumentException when only some of them ignore case
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

    /** Whether the union accepts all that this glob accepts; {@link InclusionSearch} says why the answer is exact. */
    public Inclusion inclusionOf(Glob glob) {
        return inclusionOf(glob, SearchBudget.forOneRole());
    }

    Inclusion inclusionOf(Glob glob, SearchBudget effort) {
        requireSameCase(glob);
        return new InclusionSearch(glob, this, effort).run();
    }

    private void requireSameCase(Glob glob) {
        if (!globs.isEmpty() && globs.getFirst().ignoresCase() != glob.ignoresCase()) {
            throw new IllegalArgumentException(
                    globs.getFirst() + " and " + glob + " cannot be compared: one of them ignores case");
        }
    }

    /** A character that no glob names: a letter or digit where one is left, so that words with it read well. */
    int unnamed() {
        return IntStream.concat(READABLE.chars(), IntStream.iterate('!', character -> character + 1))
                .filter(character -> !named.containsKey(fold(character)))
                .findFirst()
                .orElseThrow();
    }

    /** All globs fold alike; where there is none, no character is told from another. */
    private int fold(int character) {
        return globs.isEmpty() ? character : globs.getFirst().fold(character);
    }

    /** Where a word begins. */
    BigInteger start() {
        return past(start);
    }

    /** Where the places lead when this character is read. */
    BigInteger read(BigInteger places, int character) {
        BigInteger fitting =
                named.getOrDefault(fold(character), BigInteger.ZERO).or(wildcards);
        return past(places.and(fitting).shiftLeft(1).or(places.and(stars)));
    }

    /** The same places and, as a star may stand for nothing, those behind stars. */
    private BigInteger past(BigInteger places) {
        return places.or(places.and(stars).shiftLeft(1));
    }

    boolean acceptsHere(BigInteger places) {
        return places.and(ends).signum() != 0;
    }

    /** Whether every rest of the word is accepted, since a star is left that ends its glob. */
    boolean acceptsAllFrom(BigInteger places) {
        return places.and(lastStars).signum() != 0;
    }

    /** How many units of {@link SearchBudget} one look at a set of places costs. */
    int cost() {
        return 1 + size / Long.SIZE;
    }
}
