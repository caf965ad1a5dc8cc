package dev.irsa.core.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.core.policy.PolicyDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustPolicyTest {
    private static final AwsAccount ACCOUNT = new AwsAccount("aws", "111122223333", "irsa-operator");

    @Test
    void admitsOneServiceAccountAndOneAudience() {
        assertThat(trust("payments", "invoices", "sts.amazonaws.com")).isEqualTo(PolicyDocument.parse("""
                        {"Version": "2012-10-17", "Statement": [{
                          "Effect": "Allow",
                          "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/OIDC.example.com/id/1"},
                          "Action": "sts:AssumeRoleWithWebIdentity",
                          "Condition": {"StringEquals": {
                            "OIDC.example.com/id/1:sub": "system:serviceaccount:payments:invoices",
                            "OIDC.example.com/id/1:aud": "sts.amazonaws.com"}}}]}
                        """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "a*", "?", "a?b", "$", "${aws:username}"})
    void refusesWildcardOrVariableInClaim(String claim) {
        assertThat(TrustPolicy.isLiteral(claim)).isFalse();
        String message = "\"" + claim + "\" is not allowed in a trust policy";
        assertThatThrownBy(() -> trust(claim, "invoices", "sts.amazonaws.com"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> trust("payments", claim, "sts.amazonaws.com"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> trust("payments", "invoices", claim))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "sts.amazonaws.com", "https://vault.example.com:8200/v1"})
    void acceptsLiteralClaim(String claim) {
        assertThat(TrustPolicy.isLiteral(claim)).isTrue();
    }

    private static PolicyDocument trust(String namespace, String serviceAccount, String audience) {
        return TrustPolicy.of(ACCOUNT, "OIDC.example.com/id/1", namespace, serviceAccount, audience);
    }
}
