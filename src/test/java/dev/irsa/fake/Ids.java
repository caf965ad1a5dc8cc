package dev.irsa.fake;

import java.util.SplittableRandom;

/** Unique ids as IAM makes them: a prefix for the kind and 17 characters. The same ones in every run. */
final class Ids {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int LENGTH = 17;

    private final SplittableRandom random = new SplittableRandom(1);

    String role() {
        return next("AROA");
    }

    private String next(String prefix) {
        var id = new StringBuilder(prefix);
        random.ints(LENGTH, 0, ALPHABET.length()).map(ALPHABET::charAt).forEach(c -> id.append((char) c));
        return id.toString();
    }
}
