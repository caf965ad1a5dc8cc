package dev.irsa.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDocumentReaderTest {
    @ParameterizedTest
    @CsvSource({
        "%7B%22Version%22%3A%222012-10-17%22%7D, '{\"Version\":\"2012-10-17\"}'",
        "%7b%22a%22%3a%22%c3%a9%22%7d, '{\"a\":\"é\"}'",
        "%7B%22a%22%3A%22b+c%20d%22%7D, '{\"a\":\"b+c d\"}'",
        "%7B%22a%22%3A%22100%25%2B%22%7D, '{\"a\":\"100%+\"}'"
    })
    void decodesIamEncoding(String encoded, String text) {
        assertThat(PolicyDocumentReader.decoded(encoded)).isEqualTo(text);
    }

    @Test
    void leavesPlainJsonUnchanged() {
        String json = "{\"Resource\":\"100%+%20\"}";

        assertThat(PolicyDocumentReader.decoded(json)).isEqualTo(json);
    }

    @Test
    void reportsInvalidEncoding() {
        assertThatThrownBy(() -> PolicyDocumentReader.decoded("%7")).isInstanceOf(IllegalArgumentException.class);
    }
}
