package dev.irsa.core.ownership;

import java.util.Comparator;

/** The keys of tags. They are not case-sensitive in IAM. */
public final class TagKeys {
    /**
     * Compares keys regardless of case. A letter outside ASCII differs from each ASCII letter, although Java takes the dotless i for an i, and
     * the Kelvin sign for a k. A tag with a key that only looks like that of another tag could otherwise replace it.
     */
    public static final Comparator<String> ORDER =
            String.CASE_INSENSITIVE_ORDER.thenComparing(TagKeys::comparingAsciiLetters);

    private static final int END_OF_ASCII = 0x80;

    private TagKeys() {}

    /** Compares keys that are equal regardless of case, and so have the same length. */
    private static int comparingAsciiLetters(String one, String other) {
        for (int i = 0; i < one.length(); i++) {
            int difference = Boolean.compare(one.charAt(i) < END_OF_ASCII, other.charAt(i) < END_OF_ASCII);
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }
}
