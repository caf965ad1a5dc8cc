package dev.irsa.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ClusterIdentity;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import picocli.CommandLine;
import software.amazon.awssdk.services.iam.model.Tag;

/** The command with an API server and with IAM in memory. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class GetCommandTest {
    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},\
            "Action":"sts:AssumeRole"}}""";

    private static final String ACCOUNT = "111122223333";

    private final Properties before = (Properties) System.getProperties().clone();
    private final MockApiServer server = MockApiServer.start();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private Path kubeconfig = Path.of("");

    @BeforeEach
    void writeKubeconfig() throws IOException {
        kubeconfig = server.kubeconfig(folder, "default");
    }

    @AfterEach
    void restore() {
        server.close();
        System.setProperties(before);
    }

    @Test
    void listsServiceAccountsWithCredentials() {
        annotate("cart", "arn:aws:iam::111122223333:role/cart");
        create("""
                apiVersion: irsa.dev/v1beta1
                kind: IamServiceAccount
                metadata: {namespace: default, name: pay}
                spec: {}
                """);
        create("""
                apiVersion: v1
                kind: Pod
                metadata: {namespace: default, name: cart-1}
                spec: {serviceAccountName: cart, containers: [{name: main}]}
                """);

        assertThat(run("--no-aws")).isZero();

        assertThat(out.toString()).isEqualTo("""
                NAMESPACE   NAME   DELIVERED BY   MANAGED BY      READY     OLD PODS   ROLE
                default     cart   IRSA           unknown         -         1          cart
                default     pay    -              irsa-operator   Unknown   0          -
                """);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void recognizesMakerByTagsInIam() throws IOException {
        annotate("cart", "arn:aws:iam::111122223333:role/cart");
        InMemoryIam iam = new InMemoryIam(InstantSource.system());
        iam.createRole(request -> request.roleName("cart")
                .assumeRolePolicyDocument(TRUST)
                .tags(Tag.builder().key("irsa-controller").value("y").build()));
        try (IamServer aws = IamServer.before(iam)) {
            useAws(aws.uri().toString());

            assertThat(run()).isZero();
        }

        assertThat(out.toString()).contains("domechn irsa-controller");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void worksWithoutAws() {
        annotate("cart", "arn:aws:iam::111122223333:role/cart");
        useAws("http://127.0.0.1:1");

        assertThat(run()).isZero();

        assertThat(out.toString()).contains("cart");
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).startsWith("warning: the tags of some roles are not used: ");
    }

    @Test
    void readsOneServiceAccountForPrograms() {
        annotate("cart", "arn:aws:iam::111122223333:role/cart");
        annotate("web", "arn:aws:iam::111122223333:role/web");

        assertThat(run("sa/cart", "-o", "json", "--no-aws")).isZero();

        assertThat(out.toString()).contains("\"name\":\"cart\"").doesNotContain("web");
    }

    @Test
    void saysThatNothingWasFound() {
        assertThat(run("--no-aws")).isZero();
        assertThat(err.toString())
                .isEqualTo(
                        "No ServiceAccounts with AWS credentials found in namespace default; use -A for all namespaces.\n");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void printsEmptyListForProgramsIfNothingWasFound() {
        assertThat(run("-A", "-o", "json", "--no-aws")).isZero();
        assertThat(out.toString()).isEqualTo("{\"items\":[]}\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void failsForNameWithoutCredentials() {
        assertThat(run("other", "--no-aws")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo("ServiceAccount other in namespace default does not exist, or has no AWS credentials.\n");
    }

    @Test
    void refusesNameInAllNamespaces() {
        assertThat(run("cart", "-A")).isEqualTo(2);
        assertThat(err.toString()).startsWith("error: ");
    }

    @Test
    void reportsMissingPermission() {
        server.intercept(request -> ApiFault.refused(403, "Forbidden", "refused"));

        assertThat(run("--no-aws")).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("error: you do not have the permission list serviceaccounts: refused\n");
    }

    @Test
    void listsRetainedRoles() throws IOException {
        InMemoryIam iam = new InMemoryIam(InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")));
        offer(iam, "prod_default_cart", "prod/default/cart");
        offer(iam, "prod_default_web", "prod/default/web");
        offer(iam, "prod_other_web", "prod/other/web");
        offer(iam, "of-another-cluster", "dev/default/web");
        create("""
                apiVersion: irsa.dev/v1beta1
                kind: IamServiceAccount
                metadata: {namespace: default, name: web}
                spec: {}
                """);
        try (IamServer aws = IamServer.before(iam)) {
            useAws(aws.uri().toString());

            assertThat(run("--retained", settings(ACCOUNT))).isZero();
            assertThat(run("--retained", "-A", "-o", "json", settings(ACCOUNT))).isZero();
            assertThat(run("--retained", "absent", settings(ACCOUNT))).isZero();
        }

        assertThat(out.toString()).isEqualTo("""
                NAMESPACE   NAME   RESOURCE   ROLE
                default     cart   deleted    prod_default_cart
                default     web    exists     prod_default_web
                {"items":[{"namespace":"default","name":"cart","resourceExists":false,"roleName":"prod_default_cart",\
                "roleCreatedAt":"2026-01-01T00:00:00Z"},\
                {"namespace":"default","name":"web","resourceExists":true,"roleName":"prod_default_web",\
                "roleCreatedAt":"2026-01-01T00:00:00Z"},\
                {"namespace":"other","name":"web","resourceExists":false,"roleName":"prod_other_web",\
                "roleCreatedAt":"2026-01-01T00:00:00Z"}]}
                """);
        assertThat(err.toString()).isEqualTo("No retained roles found for namespace default.\n");
    }

    /** A resource never moves to another account, so the one that the role was retained for no longer exists. */
    @Test
    void offersNoRetainedRoleToAResourceOfAnotherAccount() throws IOException {
        InMemoryIam iam = new InMemoryIam(InstantSource.system());
        offer(iam, "prod_default_web", "prod/default/web");
        create("""
                apiVersion: irsa.dev/v1beta1
                kind: IamServiceAccount
                metadata: {namespace: default, name: web}
                spec: {account: analytics}
                """);
        try (IamServer aws = IamServer.before(iam)) {
            useAws(aws.uri().toString());

            assertThat(run("--retained", settings(ACCOUNT))).isZero();
        }

        assertThat(out.toString()).contains("default     web    deleted    prod_default_web");
    }

    @Test
    void doesNotTakeAListThatCannotBeReadForAnEmptyOne() throws IOException {
        assertThat(run("--retained", "--no-aws")).isEqualTo(2);
        assertThat(run("--retained")).as("no settings").isEqualTo(1);
        useAws("http://127.0.0.1:1");
        assertThat(run("--retained", settings(ACCOUNT))).as("no AWS").isEqualTo(1);
        try (IamServer aws = IamServer.before(new InMemoryIam(InstantSource.system()))) {
            useAws(aws.uri().toString());
            assertThat(run("--retained", settings("999999999999")))
                    .as("another account")
                    .isEqualTo(1);
        }

        assertThat(err.toString().lines()).hasSize(4).allMatch(line -> line.startsWith("error: "));
        assertThat(err.toString())
                .contains("account 999999999999 cannot be read: your AWS credentials are of account 111122223333");
        assertThat(out.toString()).isEmpty();
    }

    private static void offer(InMemoryIam iam, String role, String resource) {
        iam.createRole(request -> request.roleName(role)
                .assumeRolePolicyDocument(TRUST)
                .tags(Tag.builder().key("irsa.dev/adoptable-by").value(resource).build()));
    }

    private String settings(String account) throws IOException {
        ClusterIdentity cluster = SampleCluster.of(
                "prod",
                "cluster-id",
                new Issuer("https://oidc.example.com/1"),
                new AwsAccount("aws", account, ""),
                "/irsa/prod/");
        OperatorSettings settings = PublishedOperator.settings(cluster, Documentation.HOME);
        return "--operator-settings="
                + Files.writeString(
                        folder.resolve("settings.json"),
                        OperatorInfo.data(settings).getOrDefault("operator.json", ""));
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--kubeconfig", kubeconfig.toString()));
        return new CommandLine(new GetCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private static void useAws(String endpoint) {
        Map.of(
                        "aws.region", "eu-west-1",
                        "aws.accessKeyId", "AKIDEXAMPLE",
                        "aws.secretAccessKey", "secret",
                        "aws.endpointUrl", endpoint)
                .forEach(System::setProperty);
    }

    private void annotate(String name, String role) {
        create("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {namespace: default, name: %s, annotations: {eks.amazonaws.com/role-arn: "%s"}}
                """.formatted(name, role));
    }

    private void create(String manifest) {
        server.client().resource(manifest).create();
    }
}
