package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.docs.GuideRun;
import dev.irsa.integration.machine.OidcProvider;
import dev.irsa.integration.machine.Shell;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Tests roles in another AWS account with the real process, kubectl, and credentials from STS. */
class OtherAccountIT extends OperatorTestBase {
    private static final String NAME = "analytics";
    private static final String ID = "444455556666";
    private static final String OPERATOR_ROLE = "arn:aws:iam::" + ID + ":role/irsa-operator";

    private static final String ENTITLEMENT = """
            apiVersion: irsa.dev/v1beta1
            kind: IamEntitlement
            metadata: {name: analytics}
            spec: {account: analytics, namespaceSelector: {}, allow: {managedPolicies: ["*"]}}
            """;

    private IamClient other;

    @Override
    OperatorLaunch launch() {
        return env.sweeping();
    }

    @BeforeAll
    void prepareAccount() {
        other = iam(env);
        OidcProvider.ensure(other, env.controlPlane().issuer());
    }

    /** moto gives credentials of the account of the role, whether or not that role exists. */
    static IamClient iam(TestEnvironment env) {
        Credentials credentials;
        try (StsClient sts = StsClient.builder()
                .region(Region.EU_WEST_1)
                .endpointOverride(env.proxy().uri())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("console", "console")))
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
            credentials = sts.assumeRole(request -> request.roleArn("arn:aws:iam::" + ID + ":role/administrator")
                            .roleSessionName("test"))
                    .credentials();
        }
        return IamClient.builder()
                .region(Region.AWS_GLOBAL)
                .endpointOverride(env.proxy().uri())
                .credentialsProvider(StaticCredentialsProvider.create(AwsSessionCredentials.create(
                        credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken())))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    @BeforeEach
    void allowTheAccountThatDoesNotExistYet() {
        env.kubectl()
                .run("delete", "iamacct,iament", NAME, "--ignore-not-found")
                .orThrow();
        env.kubectl().apply(ENTITLEMENT).orThrow();
    }

    /** Other tests share the cluster. */
    @AfterAll
    void removeAccount() {
        env.kubectl()
                .run("delete", "iamacct,iament", NAME, "--ignore-not-found")
                .orThrow();
        other.close();
    }

    private void applyAccount(String more) {
        env.kubectl().apply("""
                apiVersion: irsa.dev/v1beta1
                kind: IamAccount
                metadata: {name: analytics}
                spec: {accountID: "%s", roleARN: "%s", externalID: production-eu%s}
                """.formatted(ID, OPERATOR_ROLE, more)).orThrow();
    }

    @Test
    void createsTheRoleThereSurvivesARestartAndDeletesIt() {
        Subject subject = Subject.in(env);
        subject.apply("{account: analytics, policies: {managed: [AmazonS3ReadOnlyAccess]}}");
        assertThat(subject.awaitReason("AccountNotFound")).contains("no IamAccount analytics");

        applyAccount("");
        subject.awaitReady();
        Role role =
                other.getRole(request -> request.roleName(subject.roleName())).role();
        assertThat(role.arn()).isEqualTo("arn:aws:iam::" + ID + ":role/irsa/prod/" + subject.roleName());
        assertThat(subject.annotation(Subject.ROLE_ARN)).isEqualTo(role.arn());
        assertThat(subject.roleExists()).isFalse();
        TestEnvironment.await()
                .until(() -> env.kubectl()
                        .get("get", "iamacct", NAME, "--no-headers")
                        .matches("(?s)analytics +True +Ready +" + ID + " +1 +.*"));

        String since = subject.ready("lastTransitionTime");
        operator.close();
        env.proxy().calls().clear();
        operator = launch().startReady();
        TestEnvironment.await()
                .until(() -> Metrics.sum(operator, "irsa_sweep_duration_seconds_count{account=\"analytics\"}") > 0);
        assertThat(subject.ready("lastTransitionTime")).isEqualTo(since);
        assertThat(subject.calls()).isEmpty();

        other.detachRolePolicy(request ->
                request.roleName(subject.roleName()).policyArn("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"));
        subject.awaitEvent("DriftRepaired", "attached policy");

        subject.delete();
        assertThat(other.listRoles().roles()).extracting(Role::roleName).doesNotContain(subject.roleName());
    }

    @Test
    void abandonsAnAccountAndReturnsToIt() {
        applyAccount("");
        Subject subject = Subject.in(env);
        subject.apply("{account: analytics, policies: {managed: [AmazonS3ReadOnlyAccess]}}");
        subject.awaitReady();
        applyAccount(", access: Abandon");
        subject.awaitReason("AccountAbandoned");
        subject.delete();

        assertThat(other.listRoles().roles()).extracting(Role::roleName).contains(subject.roleName());
        assertThat(env.kubectl().get("get", "iamacct", NAME, "-o=jsonpath={.status.abandoned}"))
                .isEqualTo("[\"" + subject.roleName() + "\"]");
        TestEnvironment.await()
                .until(() -> env.kubectl()
                        .get("get", "iamacct", NAME, "--no-headers")
                        .matches("(?s)analytics +False +AccountAbandoned .*"));

        applyAccount("");
        subject.apply("{account: analytics, policies: {managed: [AmazonS3ReadOnlyAccess]}}");
        subject.awaitReady().delete();
        assertThat(other.listRoles().roles()).extracting(Role::roleName).doesNotContain(subject.roleName());
        TestEnvironment.await()
                .until(() -> env.kubectl()
                        .get("get", "iamacct", NAME, "-o=jsonpath={.status.abandoned}")
                        .isEmpty());
    }

    @Test
    void changesNothingThereInADryRun() {
        applyAccount("");
        operator.close();
        Subject subject = Subject.in(env);
        subject.apply("{account: analytics, policies: {managed: [AmazonS3ReadOnlyAccess]}}");
        try (OperatorProcess dry = launch().withArguments("--dry-run").startReady()) {
            subject.awaitReason("Suspended");
            assertThat(subject.field("iamsa/" + subject.name(), "{.status.pendingChanges[0]}"))
                    .isEqualTo("create role arn:aws:iam::" + ID + ":role/irsa/prod/" + subject.roleName());
            assertThat(other.listRoles().roles()).extracting(Role::roleName).doesNotContain(subject.roleName());
            assertThat(dry.isAlive()).isTrue();
        } finally {
            operator = launch().startReady();
        }
        subject.awaitReady().delete();
    }

    @Test
    void guideWorks(@TempDir Path folder) throws Exception {
        env.kubectl()
                .run("delete", "iamacct,iament", NAME, "--ignore-not-found")
                .orThrow();
        env.kubectl().run("create", "namespace", "payments");
        Shell shell = Shell.in(folder, env.controlPlane().kubeconfig())
                .with("ISSUER", env.controlPlane().issuer());
        GuideRun.of(OtherAccountIT.class, shell, guide -> {
            guide.run("irsa-operator policy --cluster-name production --account 444455556666");
            assertThat(folder.resolve("account.yaml"))
                    .content()
                    .contains("sts:ExternalId: \"production-eu\"", "arn:aws:iam::111122223333:role/irsa-operator");
            guide.run("irsa-operator policy --cluster-name production --account 111122223333");
            assertThat(folder.resolve("policy.json"))
                    .content()
                    .contains("AssumeTheRolesInOtherAccounts", OPERATOR_ROLE);
            other.createPolicy(request -> request.policyName("workloads")
                    .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":"
                            + "[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}"));
            guide.run("kubectl apply --filename deploy/samples/account.yaml");
            guide.run("kubectl apply --filename deploy/samples/reports.yaml");
            guide.run("kubectl patch iamacct analytics");
        });
        Subject reports = new Subject(env, "payments", "reports");
        reports.awaitReason("AccountAbandoned");
        assertThat(other.getRole(request -> request.roleName(reports.roleName()))
                        .role()
                        .permissionsBoundary()
                        .permissionsBoundaryArn())
                .isEqualTo("arn:aws:iam::" + ID + ":policy/workloads");
        env.kubectl()
                .run("patch", "iamacct", NAME, "--type=merge", "--patch={\"spec\": {\"access\": \"Manage\"}}")
                .orThrow();
        reports.awaitReady().delete();
    }

    @Test
    void refusesWhatCannotWork() {
        applyAccount("");
        Subject subject = Subject.in(env);
        subject.apply("{account: analytics, delivery: [PodIdentity]}");
        assertThat(subject.awaitReason("InvalidSpec")).contains("EKS Pod Identity requires a role in the AWS account");

        env.kubectl().apply("""
                apiVersion: irsa.dev/v1beta1
                kind: IamAccount
                metadata: {name: second}
                spec: {accountID: "%s", roleARN: "%s"}
                """.formatted(ID, OPERATOR_ROLE)).orThrow();
        TestEnvironment.await()
                .until(() -> env.kubectl()
                        .get("get", "iamacct", "second", "-o", "jsonpath={.status.conditions[0].reason}")
                        .equals("AccountInvalid"));
        env.kubectl().run("delete", "iamacct", "second").orThrow();
    }
}
