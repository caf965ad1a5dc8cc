package dev.irsa.core.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.policy.PolicyDocument;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustStatementTest {
    private static final String PROVIDERS = "arn:aws:iam::111122223333:oidc-provider/";

    @ParameterizedTest
    @CsvSource({
        "oidc.example.com/id/A, true",
        "OIDC.Example.com/id/A, true",
        "oidc.example.com/id/a, false",
        "oidc.example.com/id/A/b, false",
        "oidc.example.com, false",
    })
    void ignoresCaseInTheHostOfAProviderOnly(String named, boolean same) {
        PolicyDocument trust = PolicyDocument.parse("""
                {"Version": "2012-10-17", "Statement": [{
                  "Effect": "Allow", "Principal": {"Federated": "%s"}, "Action": "sts:AssumeRoleWithWebIdentity"}]}
                """.formatted(PROVIDERS + named));

        assertThat(TrustStatement.of(trust))
                .singleElement()
                .returns(same, statement -> statement.names(PROVIDERS + "oidc.example.com/id/A"));
    }
}
