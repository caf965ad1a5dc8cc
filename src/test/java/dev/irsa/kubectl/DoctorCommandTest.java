package dev.irsa.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.apiserver.ApiFault;
import dev.irsa.fixtures.apiserver.MockApiServer;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DoctorCommandTest {
    private static final String NO_METADATA = "aws.disableEc2Metadata";

    private final MockApiServer server = MockApiServer.start();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        System.setProperty(NO_METADATA, "true");
        server.setIssuer("https://kubernetes.default.svc");
        Files.writeString(folder.resolve("config"), """
                apiVersion: v1
                kind: Config
                current-context: test
                contexts: [{name: test, context: {cluster: test, user: test, namespace: default}}]
                clusters: [{name: test, cluster: {server: "%s"}}]
                users: [{name: test, user: {token: kubeconfig-secret}}]
                """.formatted(server.url()));
    }

    @AfterEach
    void stop() {
        System.clearProperty(NO_METADATA);
        System.clearProperty(Config.KUBERNETES_KUBECONFIG_FILE);
        server.close();
    }

    @Test
    void findsThatTheServiceAccountHasNoRole() {
        create("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {namespace: default, name: app}
                """);
        create(pod("app", ""));

        int exitCode = run("app-1");

        assertThat(exitCode).isEqualTo(1);
        assertThat(out.toString())
                .contains("Pod app-1, container main, ServiceAccount default/app")
                .contains("FAILED   ServiceAccount has a role")
                .contains("Cause: ServiceAccountHasNoRole");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void reportsTheSameToPrograms() {
        create("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {namespace: default, name: app}
                """);

        int exitCode = run("sa/app", "-o", "json");

        assertThat(exitCode).isEqualTo(1);
        assertThat(out.toString())
                .contains("\"cause\":\"ServiceAccountHasNoRole\"")
                .contains("\"state\":\"Failed\"")
                .doesNotContain("\"pod\"");
    }

    @Test
    void namesTheMissingPermission() {
        create("""
                apiVersion: v1
                kind: ServiceAccount
                metadata:
                  namespace: default
                  name: app
                  annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::111122223333:role/app"}
                """);
        server.intercept(request -> request.path().contains("mutatingwebhookconfigurations")
                ? ApiFault.refused(403, "Forbidden", "refused")
                : ApiFault.none());

        run("sa/app");

        assertThat(out.toString())
                .containsPattern("\\? +Pod identity webhook is configured +you do not have the permission get"
                        + " mutatingwebhookconfigurations.admissionregistration.k8s.io/pod-identity-webhook")
                .containsPattern(
                        "\\? +Role exists +account 111122223333 cannot be read: neither AWS credentials nor an AWS"
                                + " region are configured, and no AWS profile of the account was found; sign in, and set"
                                + " AWS_PROFILE and AWS_REGION, or pass --profile-for 111122223333=PROFILE");
    }

    @Test
    void showsNoSecretOfPodOrKubeconfig() {
        create("""
                apiVersion: v1
                kind: ServiceAccount
                metadata:
                  namespace: default
                  name: app
                  annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::111122223333:role/app"}
                """);
        create(pod("app", """
                - {name: AWS_ACCESS_KEY_ID, value: AKIA-SECRET}
                    - {name: AWS_SECRET_ACCESS_KEY, value: hidden}
                    - {name: HTTP_PROXY, value: "http://user:hidden@proxy"}
                    - {name: AWS_SESSION_TOKEN, value: hidden}"""));

        for (String format : new String[] {"table", "json", "yaml"}) {
            run("app-1", "--prove", "--can", "s3:GetObject", "-o", format);
        }

        assertThat(out.toString()).contains("AWS_ACCESS_KEY_ID");
        assertThat(out + err.toString()).doesNotContain("hidden", "AKIA-SECRET", "kubeconfig-secret", "eyJ");
    }

    @Test
    void reportsMissingPod() {
        assertThat(run("none")).isEqualTo(1);
        assertThat(err.toString()).contains("pod default/none not found").contains("sa/NAME");
    }

    @Test
    void reportsMissingContainer() {
        create(pod("app", ""));

        assertThat(run("app-1", "-c", "other")).isEqualTo(2);
        assertThat(err.toString()).contains("no container other; it has: main");
    }

    @Test
    void rejectsWrongUsage() {
        assertThat(run("app-1", "--can", "everything")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("s3:GetObject=arn:aws:s3:::bucket/key");
    }

    private static String pod(String account, String environment) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {namespace: default, name: app-1}
                spec:
                  serviceAccountName: %s
                  containers:
                  - name: main
                    env:
                    %s
                """.formatted(account, environment);
    }

    private void create(String manifest) {
        server.client().resource(manifest).create();
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--kubeconfig";
        all[arguments.length + 1] = folder.resolve("config").toString();
        return new CommandLine(new DoctorCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }
}
