package dev.irsa.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.apiserver.ApiFault;
import dev.irsa.fixtures.iam.InMemoryIam;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code who-can} and {@code what-can} with an API server, and with IAM of two accounts in memory. */
class WhoCanCommandTest extends OtherAccountsTestBase {
    private static final String INVOICES = "arn:aws:s3:::invoices/*";

    private void allow(InMemoryIam iam, String role, String statement) {
        iam.putRolePolicy(request -> request.roleName(role)
                .policyName("own")
                .policyDocument("{\"Version\": \"2012-10-17\", \"Statement\": [" + statement + "]}"));
    }

    private static String statement(String effect, String action, String resource) {
        return "{\"Effect\": \"%s\", \"Action\": \"%s\", \"Resource\": \"%s\"}".formatted(effect, action, resource);
    }

    /** A role of the cluster that a pod can use although its ServiceAccount has no annotation for it. */
    private void trust(String role, String condition) {
        world.home.createRole(request ->
                request.roleName(role).assumeRolePolicyDocument("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                  "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/%s"}, "Condition": %s}]}""".formatted(TwoAccounts.ISSUER, condition)));
    }

    @Test
    void listsWhoIsAllowed() {
        world.role(world.home, "cart");
        world.role(world.home, "mail");
        world.role(world.home, "stock");
        allow(world.home, "cart", statement("Allow", "s3:*", "*"));
        allow(world.home, "mail", statement("Allow", "s3:GetObject", "*"));
        allow(world.home, "stock", statement("Allow", "s3:*", "*") + "," + statement("Deny", "s3:Delete*", "*"));

        assertThat(world.run(new WhoCanCommand(), "s3:DeleteObject", INVOICES)).isZero();

        assertThat(world.out.toString()).isEqualTo("""
                NAMESPACE   NAME   ALLOWED   LINKED BY    ROLE   THROUGH
                shop        cart   yes       annotation   cart   own
                """);
        assertThat(world.err.toString())
                .startsWith("Only namespace shop was searched; use -A for all namespaces.\n"
                        + "Not seen: policies of resources, such as those of S3 buckets and KMS keys, ")
                .hasLineCount(2);
    }

    @Test
    void findsServiceAccountsThatOnlyTrustPolicyNames() {
        world.annotate("cart", "arn:aws:iam::111122223333:role/other");
        trust(
                "backup",
                "{\"StringLike\": {\"%s:sub\": \"system:serviceaccount:sh*:*\"}}".formatted(TwoAccounts.ISSUER));
        trust(
                "elsewhere",
                "{\"StringLike\": {\"%s:sub\": \"system:serviceaccount:pay*:*\"}}".formatted(TwoAccounts.ISSUER));
        allow(world.home, "backup", statement("Allow", "*", "*"));
        allow(world.home, "elsewhere", statement("Allow", "*", "*"));

        assertThat(world.run(new WhoCanCommand(), "s3:DeleteObject", INVOICES)).isZero();

        assertThat(world.out.toString())
                .containsPattern("shop +cart +yes +trust policy only +backup +own\n")
                .doesNotContain("elsewhere");
    }

    /** A role is not for the pods of this cluster without an OIDC provider in its account. */
    @Test
    void saysThatTheOidcProviderIsMissing() {
        world.role(world.home, "cart");
        world.role(world.home, "mail");
        allow(world.home, "cart", statement("Allow", "*", "*"));
        String provider = "arn:aws:iam::111122223333:oidc-provider/" + TwoAccounts.ISSUER;
        world.home.deleteOpenIDConnectProvider(request -> request.openIDConnectProviderArn(provider));
        String missing = "IAM has no OIDC provider for issuer " + TwoAccounts.ISSUER
                + " in account 111122223333; until it is created, roles that name it admit no pod with a token of this issuer; such roles: 2";

        assertThat(world.run(new WhoCanCommand(), "s3:DeleteObject", INVOICES)).isEqualTo(2);
        assertThat(world.out.toString()).isEmpty();
        assertThat(world.err.toString()).contains("error: the answer is not complete: " + missing);

        assertThat(world.run(new ReportCommand(), "-o", "json")).isNotZero();
        assertThat(world.out.toString())
                .contains("\"notRead\":[{\"accountID\":\"111122223333\",\"reason\":\"" + missing);
    }

    @Test
    void saysOnWhatItDepends() {
        world.annotate("cart", "arn:aws:iam::111122223333:role/cart");
        trust(
                "cart",
                "{\"StringEquals\": {\"%s:sub\": \"system:serviceaccount:shop:cart\"}, \"IpAddress\": {\"aws:SourceIp\": \"10.0.0.0/8\"}}"
                        .formatted(TwoAccounts.ISSUER));
        allow(world.home, "cart", """
                {"Effect": "Allow", "Action": "s3:*", "Resource": "*",
                 "Condition": {"StringEquals": {"aws:PrincipalTag/team": "red"}}}""");

        assertThat(world.run(new WhoCanCommand(), "s3:DeleteObject", INVOICES)).isZero();

        assertThat(world.out.toString())
                .contains("shop        cart   perhaps   ")
                .endsWith("""

                shop/cart through role cart depends on:
                  the trust policy: IpAddress aws:SourceIp 10.0.0.0/8
                  policy own allows s3:* on * if StringEquals aws:PrincipalTag/team red
                """);
    }

    @Test
    void evaluatesManagedPoliciesAndTheBoundary() {
        String policy = "arn:aws:iam::111122223333:policy/objects";
        String boundary = "arn:aws:iam::111122223333:policy/workloads";
        world.role(world.home, "cart");
        world.home.attachRolePolicy(request -> request.roleName("cart").policyArn(policy));
        world.home.account().document(policy, "{\"Statement\": " + statement("Allow", "s3:*", "*") + "}");
        world.home.account().document(boundary, "{\"Statement\": " + statement("Allow", "s3:Get*", "*") + "}");
        world.home.putRolePermissionsBoundary(
                request -> request.roleName("cart").permissionsBoundary(boundary));

        assertThat(world.run(new WhoCanCommand(), "s3:GetObject", INVOICES)).isZero();
        assertThat(world.out.toString()).contains("yes       annotation   cart   " + policy);
        assertThat(world.run(new WhoCanCommand(), "s3:DeleteObject", INVOICES)).isEqualTo(1);
        assertThat(world.out.toString()).isEmpty();
        assertThat(world.err.toString())
                .startsWith(
                        "No ServiceAccount in namespace shop has a role whose policies allow it; use -A for all namespaces.\nNot seen: ");
    }

    @Test
    void looksInEveryAccount() throws IOException {
        world.configure(TwoAccounts.ANALYTICS);
        world.create(TwoAccounts.ACCOUNT);
        world.role(world.home, "cart");
        world.role(world.other, "mail");
        allow(world.home, "cart", statement("Allow", "*", "*"));
        allow(world.other, "mail", statement("Allow", "*", "*"));

        assertThat(world.run(new WhoCanCommand(), "sqs:SendMessage", "--action-only", "-o", "json"))
                .isZero();
        assertThat(world.out.toString())
                .contains(
                        "\"name\":\"cart\",\"allowed\":\"yes\",\"roleArn\":\"arn:aws:iam::111122223333:role/cart\"",
                        "\"name\":\"mail\",\"allowed\":\"yes\",\"roleArn\":\"arn:aws:iam::444455556666:role/mail\"",
                        "\"linkedBy\":\"annotation\"")
                .doesNotContain("notRead");

        world.configure("");
        assertThat(world.run(new WhoCanCommand(), "sqs:SendMessage", "--action-only"))
                .isEqualTo(2);
        assertThat(world.out.toString()).contains("cart");
        assertThat(world.err.toString())
                .contains("error: the answer is not complete: account 444455556666 cannot be read: ");
    }

    /** A newcomer names the bucket and means its objects. */
    @Test
    void explainsThatBucketIsNoObject() {
        world.role(world.home, "cart");
        allow(world.home, "cart", statement("Allow", "s3:*", "arn:aws:s3:::invoices/*"));

        assertThat(world.run(new WhoCanCommand(), "s3:DeleteObject", "arn:aws:s3:::invoices"))
                .isEqualTo(1);
        assertThat(world.err.toString())
                .contains("The ARN is that of a bucket. Its objects have ARNs such as arn:aws:s3:::invoices/*.\n");
    }

    @Test
    void leavesAnswerOpenIfProviderCannotBeRead() {
        world.role(world.home, "cart");
        allow(world.home, "cart", statement("Allow", "*", "*"));
        world.home.faults().deny("GetOpenIDConnectProvider");

        assertThat(world.run(new WhoCanCommand(), "sqs:SendMessage", "*")).isEqualTo(2);
        assertThat(world.out.toString()).containsPattern("shop +cart +perhaps");
        assertThat(world.err.toString())
                .contains(
                        "error: the answer is not complete: the OIDC provider for issuer kubernetes.default.svc in account"
                                + " 111122223333 could not be read: you do not have the permission");
    }

    @Test
    void worksWithoutTheOperator() {
        world.server.intercept(request ->
                request.path().contains("configmaps") || request.path().contains("irsa.dev")
                        ? ApiFault.refused(404, "NotFound", "not found")
                        : ApiFault.none());
        world.role(world.home, "cart");
        allow(world.home, "cart", statement("Allow", "*", "*"));

        assertThat(world.run(new WhoCanCommand(), "sqs:SendMessage", "*")).isZero();
        assertThat(world.out.toString()).containsPattern("shop +cart +yes");
    }

    @Test
    void failsIfServiceAccountsCannotBeRead() {
        world.server.intercept(request -> request.path().endsWith("/serviceaccounts")
                ? ApiFault.refused(403, "Forbidden", "refused")
                : ApiFault.none());

        assertThat(world.run(new WhoCanCommand(), "s3:GetObject", "*")).isEqualTo(2);
        assertThat(world.err.toString()).contains("error: you do not have the permission list serviceaccounts");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DeleteObject * | \"DeleteObject\" is not an action; write it as in a policy, such as s3:DeleteObject",
                "s3:DeleteObject invoices | \"invoices\" is not an ARN; write it as in a policy, such as arn:aws:s3:::invoices/*",
                "s3:DeleteObject | RESOURCE is missing; add an ARN, or --action-only to ask about any resource",
                "s3:DeleteObject * --action-only | RESOURCE cannot be combined with --action-only; remove one of them",
                "s3:DeleteObject --action-only --prove | --prove needs a resource; replace --action-only with an ARN",
                "s3:Delete* * --prove | IAM's policy simulator takes no wildcards in ACTION; name one action, or remove --prove",
                "s3:DeleteObject * --no-aws | what roles allow is known only from IAM; remove --no-aws",
            })
    void refusesWhatIsNoQuestion(String arguments, String message) {
        assertThat(world.run(new WhoCanCommand(), arguments.split(" "))).isEqualTo(2);
        assertThat(world.err.toString()).isEqualTo("error: " + message + "\n");
        assertThat(world.aws.callers()).isEmpty();
    }

    @Test
    void listsWhatServiceAccountCanDo() {
        String boundary = "arn:aws:iam::111122223333:policy/workloads";
        world.role(world.home, "cart");
        allow(world.home, "cart", """
                {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject", "sqs:*"], "Resource": "*"},\
                {"Effect": "Deny", "Action": "sqs:DeleteQueue", "Resource": "*"}""");
        world.home
                .account()
                .document(
                        boundary,
                        "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"s3:Get*\", \"sqs:*\"], \"Resource\": \"*\"}}");
        world.home.putRolePermissionsBoundary(
                request -> request.roleName("cart").permissionsBoundary(boundary));

        assertThat(world.run(new WhatCanCommand(), "shop/cart")).isZero();

        assertThat(world.out.toString()).isEqualTo("""
                Role arn:aws:iam::111122223333:role/cart, linked by annotation, with boundary arn:aws:iam::111122223333:policy/workloads
                SERVICE   ALLOWED   ACTIONS        THROUGH   RESOURCES
                s3        yes       s3:GetObject   own       *
                s3        no        s3:PutObject   own       *
                sqs       perhaps   sqs:*          own       *
                  s3:PutObject: the permissions boundary arn:aws:iam::111122223333:policy/workloads does not allow it
                  sqs:*: policy own denies sqs:DeleteQueue on *
                """);
    }

    @Test
    void saysThatServiceAccountHasNoRole() {
        assertThat(world.run(new WhatCanCommand(), "shop/absent")).isEqualTo(1);
        assertThat(world.err.toString())
                .startsWith(
                        "ServiceAccount shop/absent does not exist, or no role in the accounts that were read admits it.\n");
        assertThat(world.run(new WhatCanCommand(), "shop/absent", "-n", "other"))
                .isEqualTo(2);
        assertThat(world.run(new WhatCanCommand(), "a/b/c")).isEqualTo(2);
    }
}
