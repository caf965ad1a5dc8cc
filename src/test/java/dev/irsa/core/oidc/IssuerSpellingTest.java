package dev.irsa.core.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.Issuer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IssuerSpellingTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://oidc.eks.eu-west-1.amazonaws.com/id/ABC | oidc.eks.eu-west-1.amazonaws.com/id/ABC     | SAME
            https://oidc.eks.eu-west-1.amazonaws.com/id/ABC | OIDC.eks.eu-west-1.AMAZONAWS.com/id/ABC     | SAME
            https://OIDC.example.com/id/1                   | oidc.example.com/id/1                       | SAME
            https://oidc.example.com/                       | oidc.example.com/                           | SAME
            https://oidc.eks.eu-west-1.amazonaws.com/id/ABC | oidc.eks.eu-west-1.amazonaws.com/id/ABC/    | NEAR
            https://oidc.eks.eu-west-1.amazonaws.com/id/ABC | oidc.eks.eu-west-1.amazonaws.com/id/abc     | NEAR
            https://oidc.eks.eu-west-1.amazonaws.com/id/ABC | OIDC.eks.eu-west-1.amazonaws.com/ID/abc/    | NEAR
            https://oidc.example.com                        | oidc.example.com/                           | NEAR
            https://oidc.example.com/                       | oidc.example.com                            | NEAR
            https://oidc.eks.eu-west-1.amazonaws.com/id/ABC | oidc.eks.eu-west-1.amazonaws.com/id/DEF     | OTHER
            https://oidc.eks.eu-west-1.amazonaws.com/id/ABC | oidc.eks.eu-west-2.amazonaws.com/id/ABC     | OTHER
            https://oidc.eks.eu-west-1.amazonaws.com/id/ABC | oidc.eks.eu-west-1.amazonaws.com            | OTHER
            https://oidc.example.com/id/1                   | oidc.example.com/id/1//                     | OTHER
            https://oidc.example.com/id/1                   | id/1                                        | OTHER
            """)
    void distinguishesSameAndSimilarUrls(String issuer, String name, IssuerSpelling spelling) {
        assertThat(IssuerSpelling.of(new Issuer(issuer), name)).isEqualTo(spelling);
    }
}
