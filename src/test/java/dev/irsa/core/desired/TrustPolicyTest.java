package dev.irsa.core.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.core.policy.PolicyDocument;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
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

    @Test
    void admitsAssociationsOfOneServiceAccountOfTheCluster() {
        assertThat(TrustPolicy.of(EnumSet.of(Delivery.PodIdentity), terms("payments", "invoices", "sts.amazonaws.com")))
                .isEqualTo(PolicyDocument.parse("""
                        {"Version": "2012-10-17", "Statement": [{
                          "Effect": "Allow",
                          "Principal": {"Service": "pods.eks.amazonaws.com"},
                          "Action": ["sts:AssumeRole", "sts:TagSession"],
                          "Condition": {"StringEquals": {
                            "aws:RequestTag/eks-cluster-arn": "arn:aws:eks:eu-west-1:111122223333:cluster/prod",
                            "aws:RequestTag/kubernetes-namespace": "payments",
                            "aws:RequestTag/kubernetes-service-account": "invoices"}}}]}
                        """));
    }

    @Test
    void admitsExactlyTheNamedServiceAccounts() {
        TrustTerms terms = new TrustTerms(
                ACCOUNT,
                "OIDC.example.com/id/1",
                Optional.of("arn:aws:eks:eu-west-1:111122223333:cluster/prod"),
                "payments",
                List.of("worker", "invoices", "exporter"),
                "sts.amazonaws.com");
        assertThat(TrustPolicy.of(EnumSet.allOf(Delivery.class), terms)).isEqualTo(PolicyDocument.parse("""
                        {"Version": "2012-10-17", "Statement": [{
                          "Effect": "Allow",
                          "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/OIDC.example.com/id/1"},
                          "Action": "sts:AssumeRoleWithWebIdentity",
                          "Condition": {"StringEquals": {
                            "OIDC.example.com/id/1:sub": [
                              "system:serviceaccount:payments:exporter",
                              "system:serviceaccount:payments:invoices",
                              "system:serviceaccount:payments:worker"],
                            "OIDC.example.com/id/1:aud": "sts.amazonaws.com"}}}, {
                          "Effect": "Allow",
                          "Principal": {"Service": "pods.eks.amazonaws.com"},
                          "Action": ["sts:AssumeRole", "sts:TagSession"],
                          "Condition": {"StringEquals": {
                            "aws:RequestTag/eks-cluster-arn": "arn:aws:eks:eu-west-1:111122223333:cluster/prod",
                            "aws:RequestTag/kubernetes-namespace": "payments",
                            "aws:RequestTag/kubernetes-service-account": ["exporter", "invoices", "worker"]}}}]}
                        """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "a*", "?", "a?b", "$", "${aws:username}"})
    void refusesWildcardOrVariableInAnyName(String name) {
        TrustTerms terms = new TrustTerms(
                ACCOUNT,
                "OIDC.example.com/id/1",
                Optional.empty(),
                "payments",
                List.of("invoices", name),
                "sts.amazonaws.com");
        assertThatThrownBy(() -> TrustPolicy.of(EnumSet.of(Delivery.IRSA), terms))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void admitsBothWaysWhileMoving() {
        TrustTerms terms = terms("payments", "invoices", "sts.amazonaws.com");
        PolicyDocument both = TrustPolicy.of(EnumSet.allOf(Delivery.class), terms);

        assertThat(both.text())
                .contains("sts:AssumeRoleWithWebIdentity", "pods.eks.amazonaws.com")
                .hasSizeLessThan(DeliverySettings.TRUST_POLICY_QUOTA);
        for (Delivery kind : Delivery.values()) {
            assertThat(TrustPolicy.of(EnumSet.of(kind), terms).fingerprint()).isNotEqualTo(both.fingerprint());
        }
    }

    @Test
    void admitsTokensOfPreviousIssuerUnderTheSameConditions() {
        TrustTerms terms = new TrustTerms(
                ACCOUNT,
                "new.example.com",
                List.of("old.example.com/id/1"),
                Optional.empty(),
                "payments",
                List.of("invoices"),
                "sts.amazonaws.com");

        assertThat(TrustPolicy.of(EnumSet.of(Delivery.IRSA), terms)).isEqualTo(PolicyDocument.parse("""
                        {"Version": "2012-10-17", "Statement": [{
                          "Effect": "Allow",
                          "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/new.example.com"},
                          "Action": "sts:AssumeRoleWithWebIdentity",
                          "Condition": {"StringEquals": {
                            "new.example.com:sub": "system:serviceaccount:payments:invoices",
                            "new.example.com:aud": "sts.amazonaws.com"}}}, {
                          "Effect": "Allow",
                          "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/old.example.com/id/1"},
                          "Action": "sts:AssumeRoleWithWebIdentity",
                          "Condition": {"StringEquals": {
                            "old.example.com/id/1:sub": "system:serviceaccount:payments:invoices",
                            "old.example.com/id/1:aud": "sts.amazonaws.com"}}}]}
                        """));
    }

    private static PolicyDocument trust(String namespace, String serviceAccount, String audience) {
        return TrustPolicy.of(EnumSet.of(Delivery.IRSA), terms(namespace, serviceAccount, audience));
    }

    private static TrustTerms terms(String namespace, String serviceAccount, String audience) {
        return new TrustTerms(
                ACCOUNT,
                "OIDC.example.com/id/1",
                Optional.of("arn:aws:eks:eu-west-1:111122223333:cluster/prod"),
                namespace,
                List.of(serviceAccount),
                audience);
    }
}
