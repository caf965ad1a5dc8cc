package dev.irsa.core.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestTest {
    /** Names and tags of existing roles contain digests, so they must never change. The value for "abc" is of FIPS 180-2. */
    @ParameterizedTest
    @CsvSource({
        "abc, 16, ba7816bf8f01cfea",
        "abc, 64, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "ü,   16, 607474ca475a9724"
    })
    void returnsFirstDigitsOfSha256(String text, int characters, String digest) {
        assertThat(Digest.of(text, characters)).isEqualTo(digest);
    }
}
