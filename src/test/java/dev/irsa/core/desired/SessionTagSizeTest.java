package dev.irsa.core.desired;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionTagSizeTest {
    private static final String ARN = "arn:aws:eks:eu-west-1:111122223333:cluster/";

    @Test
    void warnsOnlyIfTheNamesMayBeTooLong() {
        assertThat(SessionTagSize.warning(ARN + "production", "payments", "invoices", 63))
                .isEmpty();
        assertThat(SessionTagSize.warning(ARN + "c".repeat(100), "payments", "invoices", 63))
                .hasValueSatisfying(
                        warning -> assertThat(warning).contains("ServiceAccount invoices", "358 characters"));
        assertThat(SessionTagSize.warning(ARN + "production", "payments", "s".repeat(253), 63))
                .isPresent();
        assertThat(SessionTagSize.warning(ARN + "production", "payments", "invoices", 253))
                .isPresent();
    }

    @Test
    void countsTheNameOfTheClusterTwice() {
        int rest = ARN.length() + "n".length() + "s".length() + 36 + 1;
        int longest = (300 - rest) / 2;

        assertThat(SessionTagSize.warning(ARN + "c".repeat(longest), "n", "s", 1))
                .isEmpty();
        assertThat(SessionTagSize.warning(ARN + "c".repeat(longest + 1), "n", "s", 1))
                .isPresent();
    }
}
