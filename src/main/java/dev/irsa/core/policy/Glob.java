package dev.irsa.core.policy;

import java.util.Arrays;

/**
 * A pattern in which {@code *} stands for any run of characters, {@code /} and {@code :} and none at all among
 * them, and {@code ?} for one character. Everything else stands for itself; nothing escapes.
 *
 * @param pattern as it was written
 * @param ignoresCase whether the case of the letters A to Z counts for nothing. Other letters keep theirs, so that
 *     none is taken for an ASCII letter which merely shares its lower case: the Kelvin sign is no {@code k}
 */
public record Glob(String pattern, boolean ignoresCase) {
    static final int STAR = -1;
    static final int ANY = -2;

    /** The glob that tells upper from lower case. */
    public static Glob of(String pattern) {
        return new Glob(pattern, false);
    }

    /** The glob that takes {@code A} for {@code a}. */
    public static Glob ignoringCase(String pattern) {
        return new Glob(pattern, true);
    }

    /**
     * Whether the glob accepts this text. When a character does not fit, only the last star can take more: an
     * earlier one could give the later ones nothing that they cannot take by themselves. So the time is at most
     * the product of both lengths, whatever the pattern.
     */
    public boolean matches(String text) {
        int[] symbols = symbols();
        int[] characters = text.codePoints().toArray();
        int symbol = 0;
        int star = -1;
        int taken = 0;
        int at = 0;
        while (at < characters.length) {
            if (symbol < symbols.length && symbols[symbol] == STAR) {
                star = symbol++;
                taken = at;
            } else if (symbol < symbols.length && fits(symbols[symbol], characters[at])) {
                symbol++;
                at++;
            } else if (star >= 0) {
                symbol = star + 1;
                at = ++taken;
            } else {
                return false;
            }
        }
        return symbol == symbols.length || (symbol == symbols.length - 1 && symbols[symbol] == STAR);
    }

    private boolean fits(int symbol, int character) {
        return symbol == ANY || fold(symbol) == fold(character);
    }

    /** The code points of the pattern in their order, {@link #STAR} and {@link #ANY}; a run of stars is one. */
    int[] symbols() {
        int[] symbols = new int[pattern.length()];
        int count = 0;
        for (int character : pattern.codePoints().toArray()) {
            int symbol = character == '*' ? STAR : character == '?' ? ANY : character;
            if (symbol != STAR || count == 0 || symbols[count - 1] != STAR) {
                symbols[count++] = symbol;
            }
        }
        return Arrays.copyOf(symbols, count);
    }

    /** The one character that stands for all that this glob takes for the same. */
    int fold(int character) {
        return ignoresCase && 'A' <= character && character <= 'Z' ? character - 'A' + 'a' : character;
    }

    @Override
    public String toString() {
        return pattern;
    }
}
