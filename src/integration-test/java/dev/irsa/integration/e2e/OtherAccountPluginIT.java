package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.integration.machine.Command;
import dev.irsa.integration.machine.OidcProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iam.IamClient;

/** Tests {@code kubectl irsa} of a user with an AWS profile that assumes a role in another account. */
class OtherAccountPluginIT extends OperatorTestBase {
    private static final String ID = "444455556666";

    private static final String REGISTRATION = """
            {apiVersion: irsa.dev/v1beta1, kind: IamAccount, metadata: {name: analytics},
             spec: {accountID: "444455556666", roleARN: "arn:aws:iam::444455556666:role/irsa-operator"}}
            ---
            {apiVersion: irsa.dev/v1beta1, kind: IamEntitlement, metadata: {name: analytics},
             spec: {account: analytics, namespaceSelector: {}, allow: {managedPolicies: ["*"]}}}
            """;

    private static final String SPEC = "{account: analytics, policies: {managed: [AmazonS3ReadOnlyAccess]}}";

    @TempDir
    private Path folder;

    private IamClient other;
    private Subject subject;

    @Override
    OperatorLaunch launch() {
        PublishedSettings.prepare(env);
        return env.launch().withArguments(PublishedSettings.FLAGS).withArguments("--adoption-path=/");
    }

    @BeforeAll
    void prepareAccount() {
        PublishedSettings.await(env);
        other = OtherAccountIT.iam(env);
        OidcProvider.ensure(other, env.controlPlane().issuer());
        env.kubectl().apply(REGISTRATION).orThrow();
    }

    @AfterAll
    void removeAccount() {
        env.kubectl().run("delete", "iamacct,iament", "analytics").orThrow();
        other.close();
    }

    @BeforeEach
    void prepare() {
        env.proxy().faults().on("eks:ListPodIdentityAssociations").answer("application/json", "{\"associations\": []}");
        subject = Subject.in(env);
    }

    private KubectlIrsa plugin(Path kubeconfig) throws IOException {
        Path config = Files.writeString(folder.resolve("aws"), """
                [profile user]
                aws_access_key_id = user
                aws_secret_access_key = user
                [profile a-broken]
                role_arn = arn:aws:iam::444455556666:role/reader
                source_profile = missing
                [profile analytics]
                role_arn = arn:aws:iam::444455556666:role/reader
                source_profile = user
                """);
        return KubectlIrsa.of(kubeconfig, env.proxy().uri()).with("AWS_CONFIG_FILE", config.toString());
    }

    private KubectlIrsa plugin() throws IOException {
        return plugin(env.controlPlane().kubeconfig());
    }

    /** The user may read what a plan in another account needs, and nothing else. */
    @Test
    void planAnnouncesWhatTheOperatorDoesThere() throws IOException {
        String namespace = subject.namespace();
        PluginPermissions permissions = PluginPermissions.plan(namespace).withAccounts();
        LimitedUser user = LimitedUser.in(env.controlPlane(), namespace);
        user.grantOnly(permissions.grants(), List.of());
        KubectlIrsa limited = plugin(user.kubeconfig());
        String file = Files.writeString(
                        folder.resolve("a.yaml"), TestEnvironment.resource(namespace, subject.name(), SPEC))
                .toString();

        Command.Result plan = limited.run("plan", "-f", file, "--detailed-exitcode");

        assertThat(plan.exitCode()).as(plan.stderr()).isEqualTo(2);
        assertThat(plan.stderr()).isEmpty();
        assertThat(plan.stdout())
                .contains("create role arn:aws:iam::" + ID + ":role/irsa/prod/" + subject.roleName())
                .doesNotContain("123456789012");

        subject.apply(SPEC).awaitReady();
        Command.Result after = limited.run("plan", "-f", file, "--detailed-exitcode");
        assertThat(after.exitCode()).as(after.stdout() + after.stderr()).isZero();
        assertThat(after.stderr()).isEmpty();

        Awaitility.await("the plan shows drift before a sweep repairs it")
                .atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> {
                    other.attachRolePolicy(request -> request.roleName(subject.roleName())
                            .policyArn("arn:aws:iam::aws:policy/AmazonSQSFullAccess"));
                    assertThat(limited.run("plan", "-n", namespace).stdout()).contains("AmazonSQSFullAccess");
                });
        subject.delete();
    }

    @Test
    void showsAndDiagnosesTheRoleThere() throws IOException {
        subject.apply(SPEC).awaitReady();
        String namespace = subject.namespace();
        String arn = "arn:aws:iam::" + ID + ":role/irsa/prod/" + subject.roleName();

        JsonNode item = plugin().json("get", "-n", namespace).path("items").path(0);
        assertThat(item.path("roleArn").asText()).isEqualTo(arn);
        assertThat(item.path("accountID").asText()).isEqualTo(ID);
        assertThat(item.path("account").asText()).isEqualTo("analytics");
        assertThat(plugin().run("get", "-n", namespace).stdout()).contains("ACCOUNT", ID + " (analytics)");

        String explained =
                plugin().run("explain", subject.name(), "-n", namespace).stdout();
        assertThat(explained)
                .containsPattern("ok +An entitlement allows it +IamEntitlement analytics")
                .containsPattern("ok +Role and ServiceAccount are up to date +nothing to change")
                .containsPattern("ok +Role exists +" + arn);
        assertThat(plugin().run("doctor", "sa/" + subject.name(), "-n", namespace)
                        .stdout())
                .containsPattern("ok +Role exists +" + arn)
                .containsPattern("ok +Trust policy admits the ServiceAccount");

        KubectlIrsa withoutProfiles = plugin().with("AWS_CONFIG_FILE", "/dev/null");
        assertThat(withoutProfiles
                        .run("doctor", "sa/" + subject.name(), "-n", namespace)
                        .stdout())
                .containsPattern("\\? +Role exists +account " + ID
                        + " cannot be read: your AWS credentials are of account 123456789012");
        assertThat(withoutProfiles
                        .run("explain", subject.name(), "-n", namespace, "--profile-for", ID + "=none")
                        .stdout())
                .contains("there is no AWS profile none");
        subject.delete();
    }

    /** moto takes keys that it did not issue for those of the account of the operator. */
    @Test
    void asksTheAwsCliOnlyForAProfileThatTheUserNames() throws IOException {
        String namespace = subject.namespace();
        Path calls = folder.resolve("calls");
        Path cli = Files.writeString(folder.resolve("aws"), """
                #!/bin/sh
                echo "$@" >> %s
                echo '{"Version": 1, "AccessKeyId": "signed-in", "SecretAccessKey": "secret"}'
                """.formatted(calls));
        assertThat(cli.toFile().setExecutable(true)).isTrue();
        role(other, ID, namespace, "mail");
        KubectlIrsa plugin = KubectlIrsa.of(
                        env.controlPlane().kubeconfig(), env.proxy().uri())
                .with("PATH", folder + ":" + System.getenv("PATH"))
                .with(
                        "AWS_CONFIG_FILE",
                        Files.writeString(
                                        folder.resolve("signing-in"),
                                        "[profile work]\nsso_session = work\nsso_account_id = " + ID + "\n")
                                .toString());

        assertThat(plugin.run("doctor", "sa/mail", "-n", namespace).stdout())
                .contains("AWS profile work is not tried unless you name it", "pass --profile-for " + ID + "=work");
        assertThat(calls).doesNotExist();

        assertThat(plugin.run("doctor", "sa/mail", "-n", namespace, "--profile-for=" + ID + "=work")
                        .stdout())
                .contains("AWS profile work is of account 123456789012");
        assertThat(calls).hasContent("configure export-credentials --profile work --format process");
    }

    @Test
    void importsFromBothAccountsAtOnce() throws IOException {
        String namespace = subject.namespace();
        role(env.iam(), "123456789012", namespace, "cart");
        role(other, ID, namespace, "mail");
        role(other, "999999999999", namespace, "alien");
        Path output = folder.resolve("imported");

        Command.Result imported = plugin().run("import", "-n", namespace, "-o", "json", "--output-dir=" + output);

        assertThat(imported.exitCode()).as(imported.stderr()).isZero();
        assertThat(KubectlIrsa.parse(imported.stdout()).path("accounts"))
                .extracting(account -> account.path("serviceAccount").asText() + " "
                        + account.path("account").asText() + " "
                        + account.path("effect").asText())
                .containsExactly("alien  refused", "cart  ownership_only", "mail analytics ownership_only");

        String arn = "arn:aws:iam::" + ID + ":role/" + namespace + "-mail";
        plugin().run("import", "-n", namespace, "--yes", "--offer=" + arn).orThrow();
        env.kubectl().run("apply", "--kustomize", output.toString()).orThrow();
        AppliedResource mail = new AppliedResource(env, namespace, "mail");
        mail.awaitReason("Suspended");
        mail.patch("{\"spec\":{\"suspend\":false}}");
        env.awaitReady(namespace, "mail");
        assertThat(other.listRoleTags(request -> request.roleName(namespace + "-mail"))
                        .tags())
                .anyMatch(tag -> tag.key().equals("irsa.dev/resource"));
        mail.delete().awaitGone();
        new AppliedResource(env, namespace, "cart").delete().awaitGone();
        String entitlement = "imported." + namespace;
        env.kubectl()
                .run("delete", "iament", "--ignore-not-found", entitlement, entitlement + ".analytics")
                .orThrow();
    }

    /** Creates a role that admits one ServiceAccount, and the ServiceAccount. */
    private void role(IamClient iam, String account, String namespace, String name) {
        String role = namespace + "-" + name;
        iam.createRole(request -> request.roleName(role)
                .assumeRolePolicyDocument(TrustPolicy.irsa(
                                env.controlPlane().issuer().replaceFirst("^https://", ""),
                                "StringEquals",
                                "system:serviceaccount:" + namespace + ":" + name,
                                "sts.amazonaws.com")
                        .replace("123456789012", account)));
        env.kubectl().apply("""
                {apiVersion: v1, kind: ServiceAccount, metadata: {namespace: %s, name: %s,
                  annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::%s:role/%s"}}}
                """.formatted(namespace, name, account, role)).orThrow();
    }
}
