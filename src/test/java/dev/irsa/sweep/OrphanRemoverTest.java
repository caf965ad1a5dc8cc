package dev.irsa.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrphanRemoverTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, true",
        "1, 1, false",
        "1, 19, false",
        "2, 39, false",
        "2, 40, true",
        "3, 40, false",
        "3, 59, false",
        "3, 60, true",
        "10, 199, false",
        "10, 200, true",
        "11, 219, false",
        "11, 220, false",
        "10, 5000, true",
        "11, 5000, false",
        "250, 5000, false",
        "10, 100000000, true",
        "11, 100000000, false"
    })
    void limitsToFivePercentAndTen(int orphans, int roles, boolean allowed) {
        assertThat(OrphanRemover.tooMany(orphans, roles).isEmpty()).isEqualTo(allowed);
    }

    @Test
    void reportsLimitAndRemedy() {
        assertThat(OrphanRemover.tooMany(3, 40).orElseThrow())
                .contains("deletes none of them", "3 of 40", "10 roles or 5 %", "apply the resources again");
    }
}
