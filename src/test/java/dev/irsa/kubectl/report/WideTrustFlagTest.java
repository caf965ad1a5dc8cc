package dev.irsa.kubectl.report;

import static dev.irsa.fixtures.report.GrantedRole.ISSUER;
import static dev.irsa.fixtures.report.GrantedRole.PROVIDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.report.GrantedRole;
import dev.irsa.kubectl.access.Grant.Link;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The flag {@code wide-trust}. */
class WideTrustFlagTest extends FlagTestBase {
    @Test
    void wideTrustIsAboutOthers() {
        String statement = "{\"Effect\": \"Allow\", \"Principal\": %s, \"Action\": \"%s\"%s}";
        String web = "sts:AssumeRoleWithWebIdentity";

        assertThat(wideTrust(
                        statement.formatted("{\"AWS\": \"arn:aws:iam::444455556666:root\"}", "sts:AssumeRole", "")))
                .containsExactly("the trust policy admits principal arn:aws:iam::444455556666:root");
        assertThat(wideTrust(statement.formatted("{\"Federated\": \"" + PROVIDER + "\"}", web, "")))
                .containsExactly("the trust policy admits every ServiceAccount of the cluster");
        assertThat(wideTrust(statement.formatted(
                        "{\"Federated\": \"" + PROVIDER + "\"}",
                        web,
                        ", \"Condition\": {\"StringLike\": {\"" + ISSUER
                                + ":sub\": \"system:serviceaccount:shop:*\"}}")))
                .containsExactly("the trust policy admits ServiceAccount shop/*");
        assertThat(wideTrust(statement.formatted("\"*\"", "sts:AssumeRole", "")))
                .containsExactly("the trust policy admits every principal");
        assertThat(wideTrust(statement.formatted("{\"Service\": \"ec2.amazonaws.com\"}", "sts:AssumeRole", "")))
                .containsExactly("the trust policy admits service ec2.amazonaws.com");
    }

    /** What a condition leaves is not evaluated, and a statement about the tags of sessions admits no principal. */
    @Test
    void wideTrustSaysWhatItHasNotEvaluated() {
        String statement =
                "{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"%s\", \"Condition\": {\"StringEquals\": {\"aws:PrincipalOrgID\": \"o-1\"}}}";

        assertThat(wideTrust(statement.formatted("sts:AssumeRole")))
                .containsExactly("the trust policy admits every principal, limited by conditions");
        assertThat(wideTrust(statement.formatted("sts:TagSession"))).isEmpty();
    }

    /** IAM may spell the host of a provider in another case, and another issuer may begin like that of the cluster. */
    @Test
    void wideTrustKnowsTheProviderOfTheCluster() {
        String tokens = """
                {"Effect": "Allow", "Principal": {"Federated": "%s"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals":
                  {"%s:sub": "system:serviceaccount:shop:cart"}}}""";

        assertThat(wideTrust(tokens.formatted(PROVIDER.replace("oidc.", "OIDC."), ISSUER)))
                .isEmpty();
        String otherPath = PROVIDER.replace("/id/", "/ID/");
        assertThat(wideTrust(tokens.formatted(otherPath, ISSUER)))
                .containsExactly("the trust policy admits tokens of " + otherPath);
        assertThat(wideTrust(tokens.formatted(PROVIDER + "/other", ISSUER + "/other")))
                .containsExactly("the trust policy admits tokens of " + PROVIDER + "/other, limited by conditions");
    }

    private List<String> wideTrust(String statement) {
        return flags(role().alsoTrusting(statement)).getOrDefault("wide-trust", List.of());
    }

    @Test
    void wideTrustLeavesAloneWhoIsMeant() {
        String podIdentity =
                "{\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"pods.eks.amazonaws.com\"}, \"Action\": [\"sts:AssumeRole\", \"sts:TagSession\"]}";
        String denied = "{\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"sts:AssumeRole\"}";

        assertThat(flags(role().alsoTrusting(podIdentity, denied))).isEmpty();
        GrantedRole two = role().alsoTrusting("""
                {"Effect": "Allow", "Principal": {"Federated": "%s"}, "Action": "sts:AssumeRoleWithWebIdentity",
                  "Condition": {"StringEquals": {"%s:sub": "system:serviceaccount:shop:mail"}}}""".formatted(PROVIDER, ISSUER));
        assertThat(flags(List.of(), two.grant("shop", "cart"), two.grant("shop", "mail", Link.annotation)))
                .isEmpty();
        assertThat(flags(List.of(), two.grant("shop", "cart"), two.grant("shop", "mail", Link.trustPolicy)))
                .containsEntry("wide-trust", List.of("the trust policy admits ServiceAccount shop/mail"));
    }
}
