package dev.irsa.core.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Issuer;
import dev.irsa.fixtures.plan.SampleCluster;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that a missing provider or audience asks for. */
class OidcProviderStateRemedyTest {
    private static final String STS = "sts.amazonaws.com";
    private static final ClusterIdentity EKS = cluster("https://oidc.eks.eu-west-1.amazonaws.com/id/ABC");
    private static final OidcProviderState.Missing MISSING = new OidcProviderState.Missing(List.of(), "");

    private static ClusterIdentity cluster(String issuer) {
        return SampleCluster.of(
                "prod", "id", new Issuer(issuer), new AwsAccount("aws-cn", "111122223333", ""), "/irsa/prod/");
    }

    private static String remedy(ClusterIdentity cluster, String audience, OidcProviderState state) {
        return state.obstacle(cluster, audience).orElseThrow().message();
    }

    @Test
    void advisesToCreateMissingProvider() {
        assertThat(remedy(EKS, STS, MISSING))
                .isEqualTo("IAM has no OIDC provider for this cluster's issuer"
                        + " https://oidc.eks.eu-west-1.amazonaws.com/id/ABC; run: eksctl utils"
                        + " associate-iam-oidc-provider --region eu-west-1 --cluster NAME_IN_EKS --approve, or: aws iam"
                        + " create-open-id-connect-provider --url https://oidc.eks.eu-west-1.amazonaws.com/id/ABC"
                        + " --client-id-list sts.amazonaws.com, or start the operator with --oidc-provider=Create");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://oidc.example.com/clusters/1",
                "https://kops-state.s3.us-east-1.amazonaws.com/prod.example.com/discovery",
                "https://k3s.example.com"
            })
    void advisesEksctlOnlyForEks(String issuer) {
        assertThat(remedy(cluster(issuer), STS, MISSING))
                .doesNotContain("eksctl")
                .contains("aws iam create-open-id-connect-provider --url " + issuer + " --client-id-list " + STS + ",");
    }

    @ParameterizedTest
    @CsvSource({
        "https://oidc.eks.cn-north-1.amazonaws.com.cn/id/ABC, cn-north-1",
        "https://oidc-eks.us-west-2.api.aws/id/ABC, us-west-2"
    })
    void advisesEksctlWithRegionOfIssuer(String issuer, String region) {
        assertThat(remedy(cluster(issuer), STS, MISSING)).contains("--region " + region + " --cluster NAME_IN_EKS ");
    }

    @Test
    void omitsEksctlForAnotherAudience() {
        assertThat(remedy(EKS, "vault", MISSING))
                .doesNotContain("eksctl")
                .contains("--client-id-list sts.amazonaws.com vault,");
    }

    @Test
    void namesProviderWithSimilarUrl() {
        OidcProviderState.Missing near =
                new OidcProviderState.Missing(List.of("oidc.eks.eu-west-1.amazonaws.com/id/ABC/"), "");

        assertThat(remedy(EKS, STS, near))
                .contains("id/ABC (found oidc.eks.eu-west-1.amazonaws.com/id/ABC/; path and trailing slash must"
                        + " match the issuer); run: ");
    }

    @Test
    void advisesToAddMissingAudience() {
        OidcProviderState.Found found = new OidcProviderState.Found("OIDC.example.com", Set.of(STS));

        assertThat(remedy(EKS, "vault", found))
                .isEqualTo(
                        "the IAM OIDC provider arn:aws-cn:iam::111122223333:oidc-provider/OIDC.example.com is missing"
                                + " the audience vault; run: aws iam add-client-id-to-open-id-connect-provider"
                                + " --open-id-connect-provider-arn arn:aws-cn:iam::111122223333:oidc-provider/OIDC.example.com"
                                + " --client-id vault, or start the operator with --oidc-provider=Create");
    }

    @Test
    void reportsFailedAttemptInsteadOfFlag() {
        assertThat(remedy(EKS, STS, new OidcProviderState.Missing(List.of(), "quota")))
                .endsWith("; quota")
                .doesNotContain("--oidc-provider=Create");
        assertThat(remedy(EKS, STS, new OidcProviderState.Found("x", Set.of(), "denied")))
                .endsWith("; denied")
                .doesNotContain("--oidc-provider=Create");
    }
}
