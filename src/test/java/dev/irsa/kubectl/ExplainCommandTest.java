package dev.irsa.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.Issuer;
import dev.irsa.fixtures.apiserver.ApiFault;
import dev.irsa.fixtures.apiserver.MockApiServer;
import dev.irsa.fixtures.awsserver.IamServer;
import dev.irsa.fixtures.iam.InMemoryIam;
import dev.irsa.fixtures.plan.SampleCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import picocli.CommandLine;

/** The command with an API server and with IAM in memory. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class ExplainCommandTest {
    private static final String ISSUER = "https://kubernetes.default.svc";

    private final Properties before = (Properties) System.getProperties().clone();
    private final MockApiServer server = MockApiServer.start();
    private final InMemoryIam iam = new InMemoryIam(InstantSource.system());
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private Path kubeconfig = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        kubeconfig = server.kubeconfig(folder, "default");
        server.setIssuer(ISSUER);
        PublishedOperator.in(
                server,
                SampleCluster.of(
                        "prod", "id", new Issuer(ISSUER), new AwsAccount("aws", "111122223333", ""), "/irsa/prod/"));
    }

    @AfterEach
    void restore() {
        server.close();
        System.setProperties(before);
    }

    @Test
    void readsNothingAboutARoleInAnotherAccount() throws IOException {
        String arn = "arn:aws:iam::444455556666:role/irsa/prod/prod_default_cart";
        create("""
                apiVersion: irsa.dev/v1beta1
                kind: IamEntitlement
                metadata: {name: analytics}
                spec: {namespaceSelector: {}, account: analytics}
                """);
        create("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {namespace: default, name: cart, annotations: {eks.amazonaws.com/role-arn: "%s"}}
                """.formatted(arn));
        String resource = """
                apiVersion: irsa.dev/v1beta1
                kind: IamServiceAccount
                metadata: {namespace: default, name: cart}
                spec: {account: analytics}
                status:
                  observedGeneration: 1
                  roleARN: %s
                  role: {id: AROA1}
                  conditions: [{type: Ready, status: "True", observedGeneration: 1, reason: Ready, message: up to date,
                    lastTransitionTime: "2026-11-30T10:00:00Z"}]
                """.formatted(arn);
        create(resource);
        server.client().resource(resource).patchStatus();
        // The user needs no permission for IamAccounts.
        server.intercept(request -> request.path().contains("iamaccounts")
                ? ApiFault.refused(403, "Forbidden", "refused")
                : ApiFault.none());
        iam.calls().reset();

        run("cart");

        String reason = "the role is in account 444455556666 \\(IamAccount analytics\\), which kubectl irsa does not"
                + " read yet";
        assertThat(out.toString())
                .containsPattern("Role +" + arn)
                .containsPattern("ok +IamServiceAccount is Ready")
                .containsPattern("ok +An entitlement allows it +IamEntitlement analytics")
                .containsPattern("\\? +Role and ServiceAccount are up to date +" + reason)
                .containsPattern("ok +ServiceAccount has a role +annotation eks.amazonaws.com/role-arn: " + arn)
                .containsPattern("\\? +Role exists +" + reason)
                .containsPattern("\\? +Trust policy admits the ServiceAccount +" + reason)
                .doesNotContain("111122223333");
        assertThat(iam.calls().counts()).isEmpty();
    }

    private void run(String name) throws IOException {
        try (IamServer aws = IamServer.before(iam)) {
            Map.of(
                            "aws.region", "eu-west-1",
                            "aws.accessKeyId", "AKIDEXAMPLE",
                            "aws.secretAccessKey", "secret",
                            "aws.endpointUrl", aws.uri().toString())
                    .forEach(System::setProperty);
            new CommandLine(new ExplainCommand())
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(err, true))
                    .execute(name, "--kubeconfig", kubeconfig.toString());
        }
    }

    private void create(String manifest) {
        server.client().resource(manifest).create();
    }
}
