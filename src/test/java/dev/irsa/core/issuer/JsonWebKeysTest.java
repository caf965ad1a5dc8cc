package dev.irsa.core.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonWebKeysTest {
    @Test
    void readsRsaKeys() {
        JsonWebKeys keys = JsonWebKeys.parse("""
                {"keys": [{"use": "sig", "kty": "RSA", "kid": "a", "alg": "RS256", "n": "modulus", "e": "AQAB"}]}""");

        assertThat(keys.usable()).containsOnlyKeys("a").containsValue(SampleKeys.rsa("a", "modulus"));
        assertThat(keys.unusable()).isEmpty();
    }

    @Test
    void readsKeyThatAnApiServerHasInTwoFilesOnce() {
        String key = "{\"kty\": \"RSA\", \"kid\": \"a\", \"n\": \"modulus\", \"e\": \"AQAB\"}";

        assertThat(JsonWebKeys.parse("{\"keys\": [" + key + ", " + key + "]}").usable())
                .containsOnlyKeys("a");
    }

    @Test
    void readsEllipticCurveKeys() {
        JsonWebKeys keys = JsonWebKeys.parse("""
                {"keys": [{"use": "sig", "kty": "EC", "kid": "talos", "alg": "ES256", "crv": "P-256", "x": "x", "y": "y", "d": "secret"}]}""");

        assertThat(new PublishedKeys(keys.usable(), new TreeMap<>()).document())
                .isEqualTo(
                        "{\"keys\":[{\"use\":\"sig\",\"kty\":\"EC\",\"kid\":\"talos\",\"alg\":\"ES256\",\"crv\":\"P-256\",\"x\":\"x\",\"y\":\"y\"}]}");
    }

    @Test
    void namesKeysThatAwsDoesNotAccept() {
        JsonWebKeys keys = JsonWebKeys.parse("""
                {"keys": [{"use": "sig", "kty": "OKP", "kid": "new", "alg": "EdDSA", "crv": "Ed25519", "x": "x"},
                 {"use": "sig", "kty": "EC", "kid": "odd", "alg": "ES512", "crv": "P-256", "x": "x", "y": "y"},
                 {"use": "sig", "kty": "RSA", "kid": "padded", "alg": "PS256", "n": "modulus", "e": "AQAB"},
                 {"use": "enc", "kty": "RSA", "kid": "other", "n": "modulus", "e": "AQAB"}]}""");

        assertThat(keys.usable()).isEmpty();
        assertThat(keys.unusable())
                .containsExactly("\"new\" (EdDSA)", "\"odd\" (ES512)", "\"padded\" (PS256)", "\"other\" (RSA)");
    }

    /** A private key in the document of an API server would be a mistake, which must not become public. */
    @Test
    void publishesNoPrivateKey() {
        JsonWebKeys keys = JsonWebKeys.parse("""
                {"keys": [{"kty": "RSA", "kid": "a", "n": "modulus", "e": "AQAB", "d": "secret", "p": "secret",
                 "q": "secret", "dp": "secret", "dq": "secret", "qi": "secret", "oth": [{"r": "secret"}], "k": "secret"}]}""");

        assertThat(new PublishedKeys(keys.usable(), new TreeMap<>()).document())
                .isEqualTo(
                        "{\"keys\":[{\"use\":\"sig\",\"kty\":\"RSA\",\"kid\":\"a\",\"alg\":\"RS256\",\"e\":\"AQAB\",\"n\":\"modulus\"}]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <html>                        | not valid JSON
            {}                            | no list of keys
            {"keys": "none"}              | no list of keys
            {"keys": [{"kty": "RSA"}]}    | no kid
            {"keys": [{"kid": "a"}, {"kid": "a", "kty": "EC"}]} | two keys have the kid a
            """)
    void refusesOtherDocuments(String document, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonWebKeys.parse(document))
                .withMessageContaining(why);
    }
}
