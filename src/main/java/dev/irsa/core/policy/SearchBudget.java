package dev.irsa.core.policy;

/**
 * How much work the answer to one question is worth. Whether a glob is within a union of globs is hard in the worst
 * case (a formula of propositional logic can be written as such a question), and the globs come from people who may
 * wish the operator ill.
 */
final class SearchBudget {
    /**
     * For all patterns of one role together. A unit is one look at 64 symbols of the union: 80 actions against
     * 80 others of the same service, none with a wildcard, take some ten thousand; all of it takes a fraction of a
     * second.
     */
    private static final int ONE_ROLE = 40_000_000;

    private int left;

    private SearchBudget(int left) {
        this.left = left;
    }

    static SearchBudget forOneRole() {
        return new SearchBudget(ONE_ROLE);
    }

    void spend(int units) {
        left = Math.max(0, left - units);
    }

    boolean isSpent() {
        return left == 0;
    }
}
