package dev.irsa.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SearchBudgetTest {
    private static final int WHOLE = 40_000_000;

    private final SearchBudget budget = SearchBudget.forOneRole();

    @Test
    void isSpentAfterLastUnit() {
        budget.spend(WHOLE - 1);
        assertThat(budget.isSpent()).isFalse();

        budget.spend(1);
        assertThat(budget.isSpent()).isTrue();
    }

    @Test
    void staysSpentAfterOverspending() {
        budget.spend(WHOLE + 1);
        budget.spend(Integer.MAX_VALUE);

        assertThat(budget.isSpent()).isTrue();
    }
}
