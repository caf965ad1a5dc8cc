package dev.irsa.core.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.core.policy.PolicyDocument;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrustNarrowingTest {
    private static final Set<Delivery> BOTH = Set.of(Delivery.IRSA, Delivery.PodIdentity);

    private static TrustTerms terms(String... names) {
        return new TrustTerms(
                new AwsAccount("aws", "111122223333", ""),
                "oidc.example.com/id",
                Optional.of("arn:aws:eks:eu-west-1:111122223333:cluster/prod"),
                "payments",
                List.of(names),
                "sts.amazonaws.com");
    }

    @Test
    void removesTheServiceAccountsThatAreNotNamed() {
        assertThat(TrustNarrowing.of(TrustPolicy.of(BOTH, terms("a", "b", "c")), terms("a", "c", "new")))
                .contains(TrustPolicy.of(BOTH, terms("a", "c")));
        assertThat(TrustNarrowing.of(TrustPolicy.of(BOTH, terms("a", "b")), terms("a")))
                .contains(TrustPolicy.of(BOTH, terms("a")));
    }

    @Test
    void findsNothingToRemoveIfAllAreNamed() {
        assertThat(TrustNarrowing.of(TrustPolicy.of(BOTH, terms("a")), terms("a", "b")))
                .isEmpty();
    }

    @Test
    void keepsATrustPolicyThatWouldAdmitNobody() {
        assertThat(TrustNarrowing.of(TrustPolicy.of(BOTH, terms("a")), terms("b")))
                .isEmpty();
    }

    @Test
    void removesAStatementForAServiceAccountThatIsNotNamedAndKeepsTheOthers() {
        PolicyDocument foreign = PolicyDocument.parse("""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"},
                  {"Effect": "Deny", "Principal": "*", "Action": "*",
                   "Condition": {"StringEquals": {"x:sub": "system:serviceaccount:payments:b"}}},
                  {"Effect": "Allow", "Principal": {"Federated": "x"}, "Action": "sts:AssumeRoleWithWebIdentity",
                   "Condition": {"StringEquals": {"x:sub": "system:serviceaccount:payments:b"}}},
                  {"Effect": "Allow", "Principal": {"Federated": "x"}, "Action": "sts:AssumeRoleWithWebIdentity",
                   "Condition": {"StringEquals": {"x:sub": "system:serviceaccount:other:b"}}}]}
                """);

        PolicyDocument narrower = TrustNarrowing.of(foreign, terms("a")).orElseThrow();

        assertThat(narrower.json().path("Statement")).hasSize(3);
        assertThat(narrower.text())
                .contains("Deny", "\"AWS\":\"*\"", "system:serviceaccount:other:b")
                .containsOnlyOnce("system:serviceaccount:payments:b");
    }
}
