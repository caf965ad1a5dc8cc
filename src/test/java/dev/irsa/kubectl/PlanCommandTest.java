package dev.irsa.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.config.ProgramVersion;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.DeliverySettings;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.text.Documentation;
import dev.irsa.fixtures.apiserver.ApiFault;
import dev.irsa.fixtures.apiserver.MockApiServer;
import dev.irsa.fixtures.awsserver.IamServer;
import dev.irsa.fixtures.iam.InMemoryIam;
import dev.irsa.fixtures.plan.SampleCluster;
import dev.irsa.kubernetes.OperatorInfo;
import dev.irsa.port.OperatorSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command with an API server in memory, and without AWS. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class PlanCommandTest {
    private static final ClusterIdentity CLUSTER = SampleCluster.withDelivery(
            SampleCluster.of(
                    "prod",
                    "id",
                    new Issuer("https://oidc.example.com"),
                    new AwsAccount("aws", "111122223333", ""),
                    "/irsa/prod/"),
            new DeliverySettings(
                    Set.of(Delivery.IRSA), Optional.of("arn:aws:eks:eu-west-1:111122223333:cluster/prod"), 2048));

    private final Properties before = (Properties) System.getProperties().clone();
    private final MockApiServer server = MockApiServer.start();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private Path kubeconfig = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        kubeconfig = server.kubeconfig(folder, "default");
        server.client()
                .resource("apiVersion: v1\nkind: Namespace\nmetadata: {name: irsa-operator}\n")
                .create();
        server.client().resource("""
                apiVersion: irsa.dev/v1beta1
                kind: IamEntitlement
                metadata: {name: everything}
                spec: {namespaceSelector: {}, allow: {managedPolicies: ["*"]}}
                """).create();
    }

    @AfterEach
    void restore() {
        server.close();
        System.setProperties(before);
    }

    private static Map<String, String> settings(String version, boolean assumesAgent) {
        return OperatorInfo.data(new OperatorSettings(
                version, CLUSTER, Set.of("sts.amazonaws.com"), Set.of(), false, assumesAgent, Documentation.HOME));
    }

    private void publish(String version, boolean assumesAgent) {
        PublishedOperator.publish(server, settings(version, assumesAgent));
    }

    private String manifest(String spec) throws IOException {
        return Files.writeString(
                        folder.resolve("cart.yaml"),
                        "{apiVersion: irsa.dev/v1beta1, kind: IamServiceAccount, metadata: {name: cart}, spec: {" + spec
                                + "}}")
                .toString();
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--kubeconfig", kubeconfig.toString()));
        return new CommandLine(new PlanCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    @Test
    void warnsOfOperatorWithAnotherVersion() throws IOException {
        publish("0.0.7", false);

        assertThat(run("-f", manifest(""), "--no-aws")).isZero();

        assertThat(err.toString())
                .contains("warning: the operator has version 0.0.7, and this command has version "
                        + ProgramVersion.current() + "; their plans may differ");
        assertThat(out.toString()).contains("role/irsa/prod/prod_default_cart");
    }

    @Test
    void plansForTheIamAccountInTheFiles() throws IOException {
        publish(ProgramVersion.current(), false);
        String account = Files.writeString(folder.resolve("account.yaml"), """
                {apiVersion: irsa.dev/v1beta1, kind: IamAccount, metadata: {name: analytics}, spec: {
                  accountID: "444455556666", roleARN: "arn:aws:iam::444455556666:role/irsa-operator"}}
                ---
                {apiVersion: irsa.dev/v1beta1, kind: IamEntitlement, metadata: {name: analytics}, spec: {
                  namespaceSelector: {}, account: analytics}}
                """).toString();

        assertThat(run("-f", account, "-f", manifest("account: analytics"), "--no-aws", "-o", "json"))
                .isZero();

        assertThat(out.toString())
                .contains(
                        "create role arn:aws:iam::444455556666:role/irsa/prod/prod_default_cart",
                        "\"accounts\":[{\"name\":\"analytics\",\"accountID\":\"444455556666\",\"action\":\"create\"",
                        "not compared with IAM in account 444455556666 (IamAccount analytics): --no-aws is set")
                .doesNotContain("111122223333");
    }

    @Test
    void plansUsersOfAnEditedTemplate() throws IOException {
        publish(ProgramVersion.current(), false);
        String template = """
                ---
                {apiVersion: irsa.dev/v1beta1, kind: IamPolicyTemplate, metadata: {name: read}, spec: {
                  document: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "%s", Resource: "*"}]}}}
                """;
        server.client().resource(template.formatted("s3:GetObject")).create();
        server.client().resource("""
                ---
                {apiVersion: irsa.dev/v1beta1, kind: IamEntitlement, metadata: {name: templates}, spec: {
                  namespaceSelector: {}, allow: {templates: [{name: read}]}}}
                """).create();
        server.client()
                .resource("---\n{apiVersion: v1, kind: Namespace, metadata: {name: payments}}")
                .create();
        for (String user : List.of("policies: {templates: [{name: read}]}", "")) {
            server.client()
                    .resource("""
                    ---
                    {apiVersion: irsa.dev/v1beta1, kind: IamServiceAccount,
                     metadata: {namespace: payments, name: %s}, spec: {%s}}
                    """.formatted(user.isEmpty() ? "other" : "user", user))
                    .create();
        }

        run(
                "-f",
                Files.writeString(folder.resolve("t.yaml"), template.formatted("s3:List*"))
                        .toString(),
                "--no-aws");

        assertThat(out.toString()).contains("payments/user", "s3:List*").doesNotContain("payments/other");
    }

    @Test
    void plansResourcesThatAnEditedEntitlementSelectsOrSelected() throws IOException {
        publish(ProgramVersion.current(), false);
        String entitlement = """
                ---
                {apiVersion: irsa.dev/v1beta1, kind: IamEntitlement, metadata: {name: everything}, spec: {
                  namespaceSelector: {matchLabels: {team: %s}}, allow: {managedPolicies: ["*"]},
                  require: {permissionsBoundaryARN: "arn:aws:iam::111122223333:policy/%s"}}}
                """;
        server.client()
                .resource(entitlement.formatted("red", "before"))
                .forceConflicts()
                .serverSideApply();
        for (String team : List.of("red", "blue", "green")) {
            server.client()
                    .resource("---\n{apiVersion: v1, kind: Namespace, metadata: {name: " + team + ", labels: {team: "
                            + team + "}}}")
                    .create();
            for (String account : List.of("", "analytics")) {
                server.client()
                        .resource("""
                        ---
                        {apiVersion: irsa.dev/v1beta1, kind: IamServiceAccount,
                         metadata: {namespace: %s, name: user%s}, spec: {%s}}
                        """.formatted(team, account, account.isEmpty() ? "" : "account: " + account))
                        .create();
            }
        }

        run(
                "-f",
                Files.writeString(folder.resolve("e.yaml"), entitlement.formatted("blue", "after"))
                        .toString(),
                "--no-aws");

        assertThat(out.toString())
                .contains("red/user: refused", "blue/user: to create", "policy/after")
                .doesNotContain("green/user", "useranalytics");
    }

    @Test
    void refusesAllNamespacesWithFiles() throws IOException {
        assertThat(run("-f", manifest(""), "--all-namespaces")).isEqualTo(1);

        assertThat(err.toString()).contains("--all-namespaces applies only to resources in the cluster");
    }

    @Test
    void warnsOfUsersOfATemplateThatTheUserMayNotRead() throws IOException {
        publish(ProgramVersion.current(), false);
        server.intercept(request -> request.path().contains("iampolicytemplates")
                        || request.path().contains("irsa.dev/v1beta1/iamserviceaccounts")
                ? ApiFault.refused(403, "Forbidden", "refused")
                : ApiFault.none());

        run("-f", Files.writeString(folder.resolve("t.yaml"), """
                        {apiVersion: irsa.dev/v1beta1, kind: IamPolicyTemplate, metadata: {name: read}, spec: {
                          document: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "*", Resource: "*"}]}}}
                        """).toString(), "--no-aws");

        assertThat(err.toString())
                .contains(
                        "warning: resources of the cluster that the files affect, but do not contain, are not planned");
    }

    @Test
    void warnsThatEntitlementsOfTheClusterAreNotKnown() throws IOException {
        publish(ProgramVersion.current(), false);
        server.intercept(request -> request.path().contains("iamentitlements")
                ? ApiFault.refused(403, "Forbidden", "refused")
                : ApiFault.none());

        run("-f", Files.writeString(folder.resolve("e.yaml"), """
                        {apiVersion: irsa.dev/v1beta1, kind: IamEntitlement, metadata: {name: everything}, spec: {
                          namespaceSelector: {matchLabels: {team: red}}, allow: {managedPolicies: ["*"]}}}
                        """).toString(), "--no-aws");

        assertThat(err.toString())
                .contains("warning: you do not have the permission to list iamentitlements, so resources that an"
                        + " entitlement in the files no longer selects are not planned");
    }

    @Test
    void plansResourcesOfANamespaceWhoseLabelsChange() throws IOException {
        publish(ProgramVersion.current(), false);
        String namespace = "---\n{apiVersion: v1, kind: Namespace, metadata: {name: %s, labels: {team: %s}}}\n";
        for (String name : List.of("moved", "same")) {
            server.client().resource(namespace.formatted(name, "red")).create();
            server.client()
                    .resource("---\n{apiVersion: irsa.dev/v1beta1, kind: IamServiceAccount, metadata: {namespace: "
                            + name + ", name: user}, spec: {}}")
                    .create();
        }

        run(
                "-f",
                Files.writeString(
                                folder.resolve("n.yaml"),
                                namespace.formatted("moved", "blue") + namespace.formatted("same", "red"))
                        .toString(),
                "--no-aws");

        assertThat(out.toString()).contains("moved/user: to create").doesNotContain("same/user");
    }

    @Test
    void reportsUserWhoMayNotReadTheSettings() throws IOException {
        server.intercept(request -> request.path().contains("configmaps")
                ? ApiFault.refused(403, "Forbidden", "refused")
                : ApiFault.none());

        assertThat(run("-f", manifest(""), "--no-aws")).isEqualTo(1);

        assertThat(err.toString())
                .contains("error: you do not have the permission to get configmap irsa-operator-info in namespace"
                        + " irsa-operator; ask for it, or pass --operator-settings with a file");
    }

    @Test
    void plansWithFlagsThatTheOperatorDoesNotHave() throws IOException {
        publish(ProgramVersion.current(), false);

        assertThat(run("-f", manifest(""), "--no-aws", "--role-path=/other/", "--role-tags=team=a"))
                .isZero();

        assertThat(out.toString()).contains("role/other/prod_default_cart", "tag: team=a");
    }

    @Test
    void refusesFlagThatTheOperatorRefuses() throws IOException {
        publish(ProgramVersion.current(), false);

        assertThat(run("-f", manifest(""), "--no-aws", "--role-path=other")).isEqualTo(1);

        assertThat(err.toString()).startsWith("error: --role-path=other: it must start and end with a slash");
    }

    @Test
    void looksForTheAgentUnlessTheOperatorAssumesIt() throws IOException {
        publish(ProgramVersion.current(), false);
        String file = manifest("delivery: [PodIdentity]");

        assertThat(run("-f", file, "--no-aws")).isEqualTo(1);
        assertThat(out.toString()).contains("PodIdentityUnavailable");
        assertThat(run("-f", file, "--no-aws", "--pod-identity-agent=assume")).isZero();
    }

    @Test
    void assumesTheAgentAsTheOperator() throws IOException {
        publish(ProgramVersion.current(), true);

        assertThat(run("-f", manifest("delivery: [PodIdentity]"), "--no-aws")).isZero();
    }

    @Test
    void readsSettingsFromFile() throws IOException {
        Path file = Files.writeString(
                folder.resolve("operator.json"),
                settings(ProgramVersion.current(), false).getOrDefault("operator.json", ""));

        assertThat(run("-f", manifest(""), "--no-aws", "--operator-settings=" + file))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "kind: ConfigMap\n", "{\"kind\": \"ConfigMap\", \"data\": {}}"})
    void saysHowToWriteTheFileWithSettings(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("operator.json"), content);

        assertThat(run("-f", manifest(""), "--operator-settings=" + file)).isEqualTo(1);

        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString())
                .startsWith("error: --operator-settings: " + file)
                .contains(content.isBlank() ? "is empty" : "it is not the value of the key operator.json")
                .contains("run: kubectl get configmap irsa-operator-info --namespace irsa-operator"
                        + " --output jsonpath='{.data.operator\\.json}' > " + file);
    }

    @Test
    void saysHowToExportCredentialsOfIdentityCenter() throws IOException {
        publish(ProgramVersion.current(), false);
        System.setProperty(
                "aws.configFile",
                Files.writeString(folder.resolve("aws"), "[profile dev]\nsso_session = work\nregion = eu-west-1\n")
                        .toString());
        System.setProperty("aws.profile", "dev");

        assertThat(run("-f", manifest(""))).isZero();

        assertThat(err.toString())
                .startsWith("warning: not compared with IAM: ")
                .contains("eval \"$(aws configure export-credentials --profile dev --format env)\"");
    }

    @Test
    void namesWhatTheUserMayNotReadInIam() throws IOException {
        publish(ProgramVersion.current(), false);
        InMemoryIam iam = new InMemoryIam(InstantSource.system());
        for (String action : List.of("GetRole", "GetOpenIDConnectProvider", "ListOpenIDConnectProviders")) {
            iam.faults().deny(action);
        }
        try (IamServer aws = IamServer.before(iam)) {
            Map.of(
                            "aws.accessKeyId", "AKIDEXAMPLE",
                            "aws.secretAccessKey", "secret",
                            "aws.endpointUrl", aws.uri().toString())
                    .forEach(System::setProperty);

            assertThat(run("-f", manifest(""))).isZero();
        }

        assertThat(err.toString())
                .contains("warning: not compared with IAM: you do not have the permission iam:GetRole")
                .contains("warning: not compared with the OIDC provider: you do not have the permission"
                        + " iam:GetOpenIDConnectProvider")
                .doesNotContain("operator's");
        assertThat(out.toString()).contains("default/cart: to create");
    }
}
