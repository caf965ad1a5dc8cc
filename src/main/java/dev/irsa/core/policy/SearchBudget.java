package dev.irsa.core.policy;

/**
 * Limits the work of inclusion searches. In the worst case, deciding whether a union of globs includes a glob is as hard
 * as deciding a formula of propositional logic. The globs come from users, who may be malicious.
 */
public final class SearchBudget {
    /**
     * Units for all patterns of one role together. One unit is one operation on 64 symbols of the union. Comparing 80
     * actions with 80 others of the same service, without wildcards, costs about ten thousand units. The whole budget
     * takes a fraction of a second.
     */
    private static final int ONE_ROLE = 40_000_000;

    private int left;

    private SearchBudget(int left) {
        this.left = left;
    }

    /** Returns a budget for comparing everything that one role asks for. */
    public static SearchBudget forOneRole() {
        return new SearchBudget(ONE_ROLE);
    }

    void spend(int units) {
        left = Math.max(0, left - units);
    }

    boolean isSpent() {
        return left == 0;
    }
}
