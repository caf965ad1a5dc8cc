package dev.irsa.core.permissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.core.desired.Issuer;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.permissions.Sample;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OperatorTrustTest {
    private static final PermissionScope SCOPE = Sample.scope(List.of(), List.of(), List.of(), false);

    @Test
    void checksAudienceAndSubjectOfToken() {
        assertThat(OperatorTrust.irsa(SCOPE, List.of(), "platform", "irsa"))
                .isEqualTo(PolicyDocument.parse("""
                        {"Version": "2012-10-17", "Statement": [{
                          "Effect": "Allow",
                          "Principal": {"Federated": "%1$s"},
                          "Action": "sts:AssumeRoleWithWebIdentity",
                          "Condition": {"StringEquals": {
                            "%2$s:sub": "system:serviceaccount:platform:irsa",
                            "%2$s:aud": "sts.amazonaws.com"}}}]}
                        """.formatted(Sample.PROVIDER, Sample.ISSUER.hostAndPath())));
    }

    @Test
    void admitsTokensOfPreviousIssuer() {
        assertThat(OperatorTrust.irsa(SCOPE, List.of(new Issuer("https://old.example.com")), "platform", "irsa")
                        .text())
                .contains(
                        Sample.PROVIDER,
                        "oidc-provider/old.example.com\"",
                        "\"old.example.com:sub\":\"system:serviceaccount:platform:irsa\"");
    }

    @Test
    void admitsOneServiceAccountWithPodIdentity() {
        assertThat(OperatorTrust.podIdentity(SCOPE, "platform", "irsa")).isEqualTo(PolicyDocument.parse("""
                        {"Version": "2012-10-17", "Statement": [{
                          "Effect": "Allow",
                          "Principal": {"Service": "pods.eks.amazonaws.com"},
                          "Action": ["sts:AssumeRole", "sts:TagSession"],
                          "Condition": {"StringEquals": {
                            "aws:RequestTag/eks-cluster-arn": "arn:aws:eks:eu-west-1:111122223333:cluster/production",
                            "aws:RequestTag/kubernetes-namespace": "platform",
                            "aws:RequestTag/kubernetes-service-account": "irsa"}}}]}
                        """));
    }

    @Test
    void admitsOnlyTheOperatorToTheRoleInAnotherAccount() {
        String trust = """
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Principal": {"AWS": "%1$s"}, "Action": "sts:AssumeRole"%2$s},
                  {"Effect": "Allow", "Principal": {"AWS": "%1$s"}, "Action": "sts:TagSession"}]}
                """;
        String operator = "arn:aws:iam::111122223333:role/irsa-operator";
        assertThat(OperatorTrust.anotherAccount(operator, Optional.of("production-eu")))
                .isEqualTo(PolicyDocument.parse(trust.formatted(
                        operator, ", \"Condition\": {\"StringEquals\": {\"sts:ExternalId\": \"production-eu\"}}")));
        assertThat(OperatorTrust.anotherAccount(operator, Optional.empty()))
                .isEqualTo(PolicyDocument.parse(trust.formatted(operator, "")));
    }

    @Test
    void refusesNameWithWildcard() {
        assertThatThrownBy(() -> OperatorTrust.irsa(SCOPE, List.of(), "platform", "*"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
