package dev.irsa.core.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OidcProviderStateTest {
    private static final String STS = "sts.amazonaws.com";
    private static final ClusterIdentity EKS = cluster("https://oidc.eks.eu-west-1.amazonaws.com/id/ABC");
    private static final OidcProviderState MISSING = new OidcProviderState.Missing(List.of(), "");

    private static ClusterIdentity cluster(String issuer) {
        return new ClusterIdentity(
                "prod", "id", new Issuer(issuer), new AwsAccount("aws-cn", "111122223333", ""), "/irsa/prod/");
    }

    private static String message(OidcProviderState state, ClusterIdentity cluster, String audience) {
        Failure failure = state.obstacle(cluster, audience).orElseThrow();
        assertThat(failure.reason()).isEqualTo(Reason.OidcProviderMissing);
        return failure.message();
    }

    @Test
    void advisesToCreateMissingProvider() {
        assertThat(message(MISSING, EKS, STS))
                .isEqualTo("IAM has no OIDC provider for this cluster's issuer"
                        + " https://oidc.eks.eu-west-1.amazonaws.com/id/ABC; run: eksctl utils"
                        + " associate-iam-oidc-provider --cluster prod --approve, or: aws iam"
                        + " create-open-id-connect-provider --url https://oidc.eks.eu-west-1.amazonaws.com/id/ABC"
                        + " --client-id-list sts.amazonaws.com, or start the operator with --oidc-provider=Create");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://oidc.example.com:6443/clusters/1",
                "https://kops-state.s3.us-east-1.amazonaws.com/prod.example.com/discovery",
                "https://k3s.example.com"
            })
    void advisesEksctlOnlyForEks(String issuer) {
        assertThat(message(MISSING, cluster(issuer), STS))
                .doesNotContain("eksctl")
                .contains("aws iam create-open-id-connect-provider --url " + issuer + " --client-id-list " + STS + ",");
    }

    @Test
    void omitsEksctlForAnotherAudience() {
        assertThat(message(MISSING, EKS, "vault"))
                .doesNotContain("eksctl")
                .contains("--client-id-list sts.amazonaws.com vault,");
    }

    @Test
    void namesProviderWithSimilarUrl() {
        OidcProviderState state =
                new OidcProviderState.Missing(List.of("oidc.eks.eu-west-1.amazonaws.com/id/ABC/"), "");

        assertThat(message(state, EKS, STS))
                .contains("id/ABC (found oidc.eks.eu-west-1.amazonaws.com/id/ABC/; port, path and trailing slash must"
                        + " match the issuer); run: ");
    }

    @Test
    void advisesToAddMissingAudience() {
        OidcProviderState state = new OidcProviderState.Found("OIDC.example.com", Set.of(STS));

        assertThat(state.obstacle(EKS, STS)).isEmpty();
        assertThat(message(state, EKS, "vault"))
                .isEqualTo(
                        "the IAM OIDC provider arn:aws-cn:iam::111122223333:oidc-provider/OIDC.example.com is missing"
                                + " the audience vault; run: aws iam add-client-id-to-open-id-connect-provider"
                                + " --open-id-connect-provider-arn arn:aws-cn:iam::111122223333:oidc-provider/OIDC.example.com"
                                + " --client-id vault, or start the operator with --oidc-provider=Create");
    }

    @Test
    void comparesAudienceWithCase() {
        assertThat(new OidcProviderState.Found("x", Set.of("Vault")).obstacle(EKS, "vault"))
                .isPresent();
    }

    @Test
    void reportsFailedAttemptInsteadOfFlag() {
        assertThat(message(MISSING.withProblem("the operator could not create it: quota"), EKS, STS))
                .endsWith("; the operator could not create it: quota")
                .doesNotContain("--oidc-provider");
        assertThat(message(new OidcProviderState.Found("x", Set.of()).withProblem("no"), EKS, STS))
                .endsWith("; no");
    }

    @Test
    void assumesUnreadableProviderExists() {
        assertThat(new OidcProviderState.Unreadable(Optional.empty()).obstacle(EKS, "vault"))
                .isEmpty();
    }

    @Test
    void reportsFailureWhileStateIsUnknown() {
        Failure away = new Failure.Passing(Reason.AwsUnavailable, "away");

        assertThat(new OidcProviderState.Unknown(away).obstacle(EKS, STS)).contains(away);
    }

    @Test
    void usesSpellingOfIam() {
        assertThat(new OidcProviderState.Found("OIDC.example.com", Set.of())
                        .spelled(EKS)
                        .oidcProvider())
                .isEqualTo("OIDC.example.com");
        assertThat(MISSING.spelled(EKS)).isEqualTo(EKS);
    }
}
