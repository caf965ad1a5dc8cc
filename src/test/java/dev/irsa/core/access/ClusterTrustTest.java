package dev.irsa.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.trust.PodIdentitySession;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterTrustTest {
    private static final String PROVIDER = "arn:aws:iam::111122223333:oidc-provider/issuer.example.com/id";

    private static ClusterTrust trust(Optional<Set<String>> audiences, String condition) {
        return ClusterTrust.of(
                PolicyDocument.parse("""
                        {"Statement": {"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                          "Principal": {"Federated": "%s"}, "Condition": %s}}""".formatted(PROVIDER, condition)),
                List.of(new ClusterTrust.Provider(PROVIDER, audiences)));
    }

    private static String equals(String key, String value) {
        return "{\"StringEquals\": {\"issuer.example.com/id:%s\": \"%s\"}}".formatted(key, value);
    }

    /** A pod may request a token with any audience, so one that the provider accepts is enough. */
    @ParameterizedTest
    @CsvSource({"sts.amazonaws.com, YES", "vault, YES", "other, NO"})
    void admitsEveryAudienceOfTheProvider(String audience, Answer expected) {
        ClusterTrust trust = trust(Optional.of(Set.of("sts.amazonaws.com", "vault")), equals("aud", audience));

        assertThat(trust.webIdentity("shop", "cart").answer()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"StringEquals, vault", "StringLike, vault*", "ForAnyValue:StringEquals, vault"})
    void unknownProviderLeavesAnswerOpen(String operator, String audience) {
        ClusterTrust trust = trust(Optional.empty(), equals("aud", audience).replace("StringEquals", operator));

        assertThat(trust.webIdentity("shop", "cart"))
                .isEqualTo(ClusterTrust.Admission.perhaps("the OIDC provider, which could not be read"));
        assertThat(trust(Optional.empty(), equals("sub", "system:serviceaccount:shop:mail"))
                        .webIdentity("shop", "cart")
                        .answer())
                .isEqualTo(Answer.NO);
    }

    /** The tokens of another issuer have another audience. */
    @ParameterizedTest
    @CsvSource({"vault, YES", "sts.amazonaws.com, NO"})
    void admitsTokensOfEachProviderWithItsOwnAudiences(String audience, Answer expected) {
        String other = PROVIDER.replace("issuer", "other");
        ClusterTrust trust = ClusterTrust.of(
                PolicyDocument.parse("""
                        {"Statement": {"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                          "Principal": {"Federated": "%s"}, "Condition": %s}}""".formatted(PROVIDER, equals("aud", audience))),
                List.of(
                        new ClusterTrust.Provider(other, Optional.of(Set.of("sts.amazonaws.com"))),
                        new ClusterTrust.Provider(PROVIDER, Optional.of(Set.of("vault")))));

        assertThat(trust.webIdentity("shop", "cart").answer()).isEqualTo(expected);
    }

    @Test
    void admitsNoServiceAccountWithoutProvider() {
        assertThat(ClusterTrust.of(PolicyDocument.parse("{\"Statement\": []}"), List.of())
                        .webIdentity("shop", "cart"))
                .isEqualTo(ClusterTrust.Admission.NO);
        assertThat(trust(Optional.of(Set.of()), "{}")
                        .webIdentity("shop", "cart")
                        .answer())
                .isEqualTo(Answer.NO);
    }

    @Test
    void namesTheOnlySubjectsUnlessThereIsAPattern() {
        Optional<Set<String>> any = Optional.empty();

        assertThat(trust(any, equals("sub", "system:serviceaccount:shop:cart")).onlySubjects())
                .contains(Set.of("system:serviceaccount:shop:cart"));
        assertThat(trust(any, equals("sub", "system:serviceaccount:shop:${aws:username}"))
                        .onlySubjects())
                .isEmpty();
        assertThat(trust(any, equals("sub", "*").replace("StringEquals", "StringLike"))
                        .onlySubjects())
                .isEmpty();
        assertThat(trust(any, "{}").onlySubjects()).isEmpty();
    }

    @Test
    void perhapsNamesTheCondition() {
        assertThat(trust(
                                Optional.of(Set.of("sts.amazonaws.com")),
                                "{\"IpAddress\": {\"aws:SourceIp\": \"10.0.0.0/8\"}, \"Bool\": {\"aws:SecureTransport\": \"true\"}}")
                        .webIdentity("shop", "cart")
                        .condition())
                .contains("the trust policy: IpAddress aws:SourceIp 10.0.0.0/8 and Bool aws:SecureTransport true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sts:AssumeRole, sts:TagSession | aws:RequestTag/kubernetes-namespace | shop | YES",
                "sts:AssumeRole, sts:TagSession | aws:RequestTag/kubernetes-namespace | other | NO",
                "sts:AssumeRole, sts:TagSession | aws:SourceVpc | vpc-1 | PERHAPS",
                "sts:AssumeRole | aws:RequestTag/kubernetes-namespace | shop | NO",
                "sts:* | aws:RequestTag/kubernetes-service-account | cart | YES",
            })
    void admitsSessionsOfPodIdentity(String actions, String key, String value, Answer expected) {
        ClusterTrust trust = ClusterTrust.of(
                PolicyDocument.parse("""
                        {"Statement": {"Effect": "Allow", "Action": ["%s"], "Principal": {"Service": "pods.eks.amazonaws.com"},
                          "Condition": {"StringEquals": {"%s": "%s"}}}}""".formatted(actions.replace(", ", "\", \""), key, value)), List.of());

        assertThat(trust.podIdentity(new PodIdentitySession(Optional.empty(), "shop", "cart"))
                        .answer())
                .isEqualTo(expected);
    }
}
