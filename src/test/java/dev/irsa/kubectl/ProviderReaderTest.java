package dev.irsa.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.ownership.PreviousClusters;
import dev.irsa.core.text.Documentation;
import dev.irsa.fixtures.plan.SampleCluster;
import dev.irsa.kubernetes.OperatorInfo;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which OIDC providers decide who can use a role. */
class ProviderReaderTest extends OtherAccountsTestBase {
    private static final String PREFIX = "arn:aws:iam::111122223333:oidc-provider/";
    private static final String SPELLED_BY_IAM = "Kubernetes.Default.svc";
    private static final String PREVIOUS = "old.example.com/id/A";

    private int whoCan() {
        return world.run(new WhoCanCommand(), "s3:DeleteObject", "arn:aws:s3:::invoices/*");
    }

    private void create(String provider, String audience) {
        world.home.createOpenIDConnectProvider(
                request -> request.url("https://" + provider).clientIDList(audience));
    }

    private void delete(String provider) {
        world.home.deleteOpenIDConnectProvider(request -> request.openIDConnectProviderArn(PREFIX + provider));
    }

    /** A role that admits a ServiceAccount by this provider. */
    private void role(String provider, String audience) {
        world.annotate("cart", "arn:aws:iam::111122223333:role/cart");
        world.home.createRole(request ->
                request.roleName("cart").assumeRolePolicyDocument("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                  "Principal": {"Federated": "%s%s"}, "Condition": {"StringEquals":
                    {"%2$s:sub": "system:serviceaccount:shop:cart", "%2$s:aud": "%s"}}}]}""".formatted(PREFIX, provider, audience)));
        world.home.putRolePolicy(
                request -> request.roleName("cart").policyName("own").policyDocument("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}"""));
    }

    /** The operator knows that the cluster had another issuer. */
    private void hadIssuer(String name) {
        world.server
                .client()
                .configMaps()
                .inNamespace("irsa-operator")
                .withName("irsa-operator-info")
                .delete();
        PublishedOperator.publish(
                world.server,
                OperatorInfo.data(PublishedOperator.settings(
                        SampleCluster.withPrevious(
                                TwoAccounts.cluster(), new PreviousClusters(Set.of(), Set.of("https://" + name))),
                        Documentation.HOME)));
    }

    /** IAM keeps the case that the URL had when the provider was created. */
    @ParameterizedTest
    @ValueSource(strings = {SPELLED_BY_IAM, TwoAccounts.ISSUER})
    void findsProviderWhoseHostIsInAnotherCase(String inRole) {
        delete(TwoAccounts.ISSUER);
        create(SPELLED_BY_IAM, "sts.amazonaws.com");
        role(inRole, "sts.amazonaws.com");

        assertThat(whoCan()).as(world.err.toString()).isZero();
        assertThat(world.out.toString()).containsPattern("shop +cart +yes");
        assertThat(world.run(new WhatCanCommand(), "shop/cart")).isZero();
        assertThat(world.run(new UnusedCommand())).isZero();
        assertThat(world.err.toString()).contains("Left out, because it was created less than 90 days ago: ");
        assertThat(world.run(new ReportCommand(), "-o", "json", "--fail-on=no-boundary"))
                .isEqualTo(1);
        assertThat(world.out.toString()).contains("\"alsoAdmits\":[]").doesNotContain("wide-trust");
    }

    @Test
    void findsRoleOfPreviousIssuerWithoutProviderOfTheCurrentOne() {
        hadIssuer(PREVIOUS);
        delete(TwoAccounts.ISSUER);
        create(PREVIOUS, "sts.amazonaws.com");
        role(PREVIOUS, "sts.amazonaws.com");

        assertThat(whoCan()).as(world.err.toString()).isZero();
        assertThat(world.out.toString()).containsPattern("shop +cart +yes");
        assertThat(world.run(new ReportCommand(), "-o", "json", "--fail-on=no-boundary"))
                .isEqualTo(1);
    }

    @Test
    void knowsAudiencesOfEachProvider() {
        hadIssuer(PREVIOUS);
        create("OLD.example.com/id/A", "vault");
        role("OLD.example.com/id/A", "vault");

        assertThat(whoCan()).as(world.err.toString()).isZero();
        assertThat(world.out.toString()).containsPattern("shop +cart +yes");
    }

    /** That is the last step of a change of the issuer. */
    @Test
    void deletedProviderOfPreviousIssuerAdmitsNoPod() {
        hadIssuer(PREVIOUS);
        role(PREVIOUS, "sts.amazonaws.com");

        assertThat(whoCan()).as(world.err.toString()).isEqualTo(1);
        assertThat(world.err.toString()).startsWith("No ServiceAccount in namespace shop has a role");
    }

    @Test
    void leavesAnswerOpenIfAnotherSpellingCannotBeRuledOut() {
        delete(TwoAccounts.ISSUER);
        create(SPELLED_BY_IAM, "sts.amazonaws.com");
        role(SPELLED_BY_IAM, "sts.amazonaws.com");
        world.home.faults().deny("ListOpenIDConnectProviders");

        assertThat(whoCan()).isEqualTo(2);
        assertThat(world.out.toString()).containsPattern("shop +cart +perhaps");
        assertThat(world.err.toString())
                .contains("error: the answer is not complete: the OIDC provider for issuer " + TwoAccounts.ISSUER
                        + " in account 111122223333 could not be read: you do not have the permission"
                        + " iam:ListOpenIDConnectProviders");
    }

    @Test
    void leavesAnswerOpenIfProviderOfPreviousIssuerCannotBeRead() {
        hadIssuer(PREVIOUS);
        role(PREVIOUS, "sts.amazonaws.com");
        world.home.faults().deny("GetOpenIDConnectProvider");

        assertThat(whoCan()).isEqualTo(2);
        assertThat(world.out.toString()).containsPattern("shop +cart +perhaps");
        assertThat(world.err.toString())
                .contains("the OIDC provider for issuer " + PREVIOUS + " in account 111122223333 could not be read: ")
                .doesNotContain(TwoAccounts.ISSUER);
    }

    @Test
    void readsNoProviderForRolesThatAdmitNoTokens() {
        world.home.createRole(request -> request.roleName("cart").assumeRolePolicyDocument("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["sts:AssumeRole", "sts:TagSession"],
                  "Principal": {"Service": "pods.eks.amazonaws.com"}}]}"""));

        assertThat(whoCan()).isEqualTo(1);
        assertThat(world.home.calls().of("GetOpenIDConnectProvider")).isZero();
    }

    @Test
    void listsProvidersOnlyIfNoneIsSpelledLikeTheIssuer() {
        hadIssuer(PREVIOUS);
        role(TwoAccounts.ISSUER, "sts.amazonaws.com");

        assertThat(whoCan()).isZero();
        assertThat(world.home.calls().of("GetOpenIDConnectProvider")).isEqualTo(1);
        assertThat(world.home.calls().of("ListOpenIDConnectProviders")).isZero();
    }
}
