package dev.irsa.policy;

/**
 * How much work the answer to one question is worth. Inclusion among globs is hard in the worst case (for a union
 * of n patterns time can grow as 2 to the n), and the patterns come from people who may wish the operator ill.
 */
final class Effort {
    /**
     * For all patterns of one document together; a unit is one look at 64 symbols of the union. Unions as people
     * write them take some thousands for a whole document; all of it is spent in a fraction of a second.
     */
    private static final int ONE_DOCUMENT = 4_000_000;

    private int left;

    private Effort(int left) {
        this.left = left;
    }

    static Effort forOneDocument() {
        return new Effort(ONE_DOCUMENT);
    }

    void spend(int units) {
        left = Math.max(0, left - units);
    }

    boolean isSpent() {
        return left == 0;
    }
}
