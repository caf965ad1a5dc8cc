package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.Command;
import dev.irsa.integration.machine.Ministack;
import dev.irsa.integration.machine.OidcProvider;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * The roles of the guide, in an AWS that checks credentials: the operator reaches another account only by the role whose trust policy
 * admits it with the external ID. The other tests of accounts use moto, which gives anyone the credentials of any role.
 */
class OtherAccountTrustIT extends EnvironmentTestBase {
    private static final String OWN = "123456789012";
    private static final String OTHER = "444455556666";
    private static final String OPERATOR = "irsa-operator";
    private static final String TRUSTS_OWN_ACCOUNT = trusting("arn:aws:iam::" + OWN + ":root");
    private static final String ALL_OF_IAM = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:*", "Resource": "*"}]}
            """;
    private static final String ENTITLEMENT = """
            apiVersion: irsa.dev/v1beta1
            kind: IamEntitlement
            metadata: {name: audited}
            spec: {account: audited, namespaceSelector: {}, allow: {managedPolicies: ["*"]}}
            """;

    private final Ministack aws = Ministack.startWithAuthentication();
    private final IamClient own = as(IamClient.builder(), OWN);
    private final IamClient other = as(IamClient.builder(), OTHER);

    @BeforeAll
    void createTheRolesOfTheGuide() {
        OidcProvider.ensure(own, env.controlPlane().issuer());
        own.createRole(request -> request.roleName(OPERATOR).assumeRolePolicyDocument(TRUSTS_OWN_ACCOUNT));
        String policy = policy(OWN, "--account-role-arn", "arn:aws:iam::" + OTHER + ":role/" + OPERATOR);
        own.putRolePolicy(
                request -> request.roleName(OPERATOR).policyName("operator").policyDocument(policy));

        String template = policy(
                OTHER,
                "--boundary-arn",
                "arn:aws:iam::" + OTHER + ":policy/workloads",
                "--oidc-issuer",
                env.controlPlane().issuer(),
                "--oidc-provider",
                "Create",
                "--trusted-role-arn",
                "arn:aws:iam::" + OWN + ":role/" + OPERATOR,
                "--external-id",
                "production-eu",
                "--format",
                "cloudformation");
        try (CloudFormationClient stacks = as(CloudFormationClient.builder(), OTHER)) {
            stacks.createStack(request ->
                    request.stackName(OPERATOR).templateBody(template).capabilities(Capability.CAPABILITY_NAMED_IAM));
            TestEnvironment.await()
                    .until(() -> stacks.describeStacks().stacks().stream()
                            .anyMatch(stack -> stack.stackStatus() == StackStatus.CREATE_COMPLETE));
        }
        // ministack leaves the path out of the ARN of a role, so it would refuse everything that the policy of the
        // stack limits
        // to a path. OperatorPolicyIT evaluates that policy.
        other.createPolicyVersion(request -> request.policyArn("arn:aws:iam::" + OTHER + ":policy/" + OPERATOR)
                .policyDocument(ALL_OF_IAM)
                .setAsDefault(true));
        env.kubectl().apply(ENTITLEMENT).orThrow();
    }

    @AfterAll
    void stop() {
        env.kubectl()
                .run("delete", "iamacct,iament", "audited", "--ignore-not-found")
                .orThrow();
        own.close();
        other.close();
        aws.close();
    }

    private String policy(String account, String... more) {
        List<String> words = new ArrayList<>(OperatorLaunch.builtEntrypoint());
        words.addAll(List.of("policy", "--cluster-name", TestEnvironment.CLUSTER, "--account", account));
        words.addAll(List.of(more));
        return new Command(words, Map.of()).run("").orThrow().stdout();
    }

    /** Returns a client of the root user of an account. */
    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C as(B builder, String account) {
        return builder.region(Region.EU_WEST_1)
                .endpointOverride(aws.endpoint())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(account, "test")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    private static String trusting(String principal) {
        return """
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole"}]}
                """.formatted(principal);
    }

    private void applyAccount(String externalId) {
        env.kubectl().apply("""
                apiVersion: irsa.dev/v1beta1
                kind: IamAccount
                metadata: {name: audited}
                spec: {accountID: "%s", roleARN: "arn:aws:iam::%s:role/irsa-operator", externalID: %s, oidcProvider: Create}
                """.formatted(OTHER, OTHER, externalId)).orThrow();
    }

    private OperatorProcess start() {
        Credentials credentials;
        try (StsClient sts = as(StsClient.builder(), OWN)) {
            credentials = sts.assumeRole(request -> request.roleArn("arn:aws:iam::" + OWN + ":role/" + OPERATOR)
                            .roleSessionName(OPERATOR))
                    .credentials();
        }
        return OperatorLaunch.of(TestEnvironment.CLUSTER, env.controlPlane().kubeconfig(), aws.endpoint())
                .withEnvironment("AWS_ACCESS_KEY_ID", credentials.accessKeyId())
                .withEnvironment("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey())
                .withEnvironment("AWS_SESSION_TOKEN", credentials.sessionToken())
                .withArguments("--consistency-window", "1s", "--slowest-retry", "5s", "--log-format", "text")
                .startReady();
    }

    @Test
    void reachesTheAccountOnlyAsItsTrustPolicyAllows() {
        Subject subject = Subject.in(env);
        applyAccount("another-cluster");
        subject.apply("{account: audited, policies: {managed: [AmazonS3ReadOnlyAccess]}}");
        OperatorProcess operator = start();
        try {
            assertThat(subject.awaitReason("CredentialsUnavailable"))
                    .contains("arn:aws:iam::" + OTHER + ":role/irsa-operator", "external ID");
            assertThat(roles()).containsExactly(OPERATOR);

            applyAccount("production-eu");
            subject.awaitReady();
            assertThat(roles()).containsExactlyInAnyOrder(OPERATOR, subject.roleName());
            assertThat(own.listRoles().roles()).extracting(Role::roleName).containsExactly(OPERATOR);
            assertThat(other.listOpenIDConnectProviders().openIDConnectProviderList())
                    .hasSize(1);

            operator.close();
            String trust =
                    other.getRole(request -> request.roleName(OPERATOR)).role().assumeRolePolicyDocument();
            trust(trusting("arn:aws:iam::" + OTHER + ":root"));
            operator = start();
            subject.beginDeletion();
            subject.awaitReason("DeletionBlocked");
            assertThat(roles()).contains(subject.roleName());

            trust(URLDecoder.decode(trust, StandardCharsets.UTF_8));
            subject.awaitGone();
            assertThat(roles()).containsExactly(OPERATOR);
        } finally {
            operator.close();
        }
    }

    private void trust(String document) {
        other.updateAssumeRolePolicy(request -> request.roleName(OPERATOR).policyDocument(document));
    }

    private List<String> roles() {
        return other.listRoles().roles().stream().map(Role::roleName).toList();
    }
}
