package dev.irsa.core.policy;

import java.util.Arrays;

/**
 * A pattern in which {@code *} matches any sequence of characters and {@code ?} matches one character. The sequence may
 * be empty and may include {@code /} and {@code :}. All other characters match themselves. There is no escape character.
 *
 * @param pattern as written
 * @param ignoresCase whether to ignore the case of the letters A to Z. The case of other letters always counts, so that
 *     a letter with the same lower case as an ASCII letter does not match it: the Kelvin sign is not {@code k}
 */
public record Glob(String pattern, boolean ignoresCase) {
    static final int STAR = -1;
    static final int ANY = -2;

    /** Returns a case-sensitive glob. */
    public static Glob of(String pattern) {
        return new Glob(pattern, false);
    }

    /** Returns a glob that ignores the case of ASCII letters. */
    public static Glob ignoringCase(String pattern) {
        return new Glob(pattern, true);
    }

    /**
     * Returns whether the glob matches this text. After a mismatch, only the last star has to match more characters. A
     * longer match of an earlier star would not help. Therefore the time is at most the product of both lengths for every
     * pattern.
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

    /**
     * Returns whether some text matches both globs. The time is the product of both lengths.
     *
     * @throws IllegalArgumentException if only one of them ignores case
     */
    public boolean overlaps(Glob other) {
        if (ignoresCase != other.ignoresCase) {
            throw new IllegalArgumentException(
                    this + " and " + other + " cannot be compared: one of them ignores case");
        }
        if (beginDifferently(other)) {
            return false;
        }
        int[] ours = symbols();
        int[] theirs = other.symbols();
        // For the rest of ours in turn, from the last: whether it overlaps each rest of theirs.
        boolean[] next = new boolean[theirs.length + 1];
        for (int i = ours.length; i >= 0; i--) {
            boolean[] rest = new boolean[theirs.length + 1];
            for (int j = theirs.length; j >= 0; j--) {
                boolean ends = i == ours.length && j == theirs.length;
                boolean withoutOurs = i < ours.length && (ours[i] == STAR || isStar(theirs, j)) && next[j];
                boolean withoutTheirs = j < theirs.length && (theirs[j] == STAR || isStar(ours, i)) && rest[j + 1];
                boolean both = i < ours.length && j < theirs.length && agree(ours[i], theirs[j]) && next[j + 1];
                rest[j] = ends || withoutOurs || withoutTheirs || both;
            }
            next = rest;
        }
        return next[0];
    }

    /** Most actions of a policy are of other services. Without this, comparing them takes a hundred times as long. */
    private boolean beginDifferently(Glob other) {
        int length = Math.min(pattern.length(), other.pattern.length());
        for (int i = 0; i < length; i++) {
            char ours = pattern.charAt(i);
            char theirs = other.pattern.charAt(i);
            if (ours == '*' || ours == '?' || theirs == '*' || theirs == '?') {
                return false;
            }
            if (fold(ours) != fold(theirs)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isStar(int[] symbols, int place) {
        return place < symbols.length && symbols[place] == STAR;
    }

    /** Returns whether a character fits both symbols, neither of which is a star. */
    private boolean agree(int ours, int theirs) {
        return ours != STAR && theirs != STAR && (ours == ANY || theirs == ANY || fold(ours) == fold(theirs));
    }

    private boolean fits(int symbol, int character) {
        return symbol == ANY || fold(symbol) == fold(character);
    }

    /** Returns the code points of the pattern in order, with {@link #STAR} for a run of stars and {@link #ANY} for ?. */
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

    /** Returns the representative of all characters that this glob treats as equal. */
    int fold(int character) {
        return ignoresCase && 'A' <= character && character <= 'Z' ? character - 'A' + 'a' : character;
    }

    @Override
    public String toString() {
        return pattern;
    }
}
