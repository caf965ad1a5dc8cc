package dev.irsa.core.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagKeysTest {
    @ParameterizedTest
    @CsvSource({
        "cost-center, Cost-Center, true",
        "\u00E4,      \u00C4,      true",
        "a,           b,           false",
        "risk,        r\u0131sk,   false",
        "RISK,        R\u0130SK,   false",
        "cost,        co\u017Ft,   false",
        "risk,        ris\u212A,   false",
    })
    void compareRegardlessOfCase(String one, String other, boolean same) {
        assertThat(TagKeys.ORDER.compare(one, other) == 0).isEqualTo(same);
        assertThat(Integer.signum(TagKeys.ORDER.compare(other, one)))
                .isEqualTo(-Integer.signum(TagKeys.ORDER.compare(one, other)));
    }
}
