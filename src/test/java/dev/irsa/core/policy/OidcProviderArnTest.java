package dev.irsa.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OidcProviderArnTest {
    private static final String PREFIX = "arn:aws:iam::111122223333:oidc-provider/";

    @ParameterizedTest
    @CsvSource({
        "issuer.example.com, issuer.example.com, true",
        "Issuer.Example.com, issuer.example.com, true",
        "issuer.example.com/id/ABC, ISSUER.example.com/id/ABC, true",
        "issuer.example.com/id/ABC, issuer.example.com/id/abc, false",
        "issuer.example.com/ID/ABC, issuer.example.com/id/ABC, false",
        "issuer.example.com, issuer.example.com/, false",
        "issuer.example.com, other.example.com, false",
    })
    void comparesThePathExactlyAndTheHostInAnyCase(String one, String other, boolean same) {
        assertThat(OidcProviderArn.mayBeSame(PREFIX + one, PREFIX + other)).isEqualTo(same);
        assertThat(OidcProviderArn.mayBeSame(PREFIX + other, PREFIX + one)).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({"'', '', true", "arn, ARN, true", "/, /, true"})
    void doesNotRequireAnArn(String one, String other, boolean same) {
        assertThat(OidcProviderArn.mayBeSame(one, other)).isEqualTo(same);
    }
}
