package dev.irsa.kubectl.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.apiserver.MockApiServer;
import dev.irsa.kubectl.completion.NameSource.Kind;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class ClusterNamesTest {
    private static MockApiServer api;

    @TempDir
    Path folder;

    private Path kubeconfig;

    @BeforeAll
    static void start() throws IOException {
        api = MockApiServer.start();
        try (InputStream workload = Files.newInputStream(Path.of("src/fixtures/resources/training/workload.yaml"))) {
            api.client()
                    .load(workload)
                    .items()
                    .forEach(item -> api.client().resource(item).create());
        }
        api.client().resource("""
            apiVersion: irsa.dev/v1beta1
            kind: IamServiceAccount
            metadata: {namespace: payments, name: invoices}
            spec: {}
            """).create();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @BeforeEach
    void writeKubeconfig() throws IOException {
        kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
            apiVersion: v1
            kind: Config
            clusters:
            - {name: here, cluster: {server: "%s"}}
            - {name: nowhere, cluster: {server: "http://127.0.0.1:1"}}
            users: [{name: user, user: {token: token}}]
            contexts:
            - {name: first, context: {cluster: here, user: user, namespace: payments}}
            - {name: second, context: {cluster: nowhere, user: user}}
            current-context: first
            """.formatted(api.url()));
    }

    /** The chosen file is a property of the whole process. */
    @AfterEach
    void forgetKubeconfig() {
        System.clearProperty(Config.KUBERNETES_KUBECONFIG_FILE);
    }

    @Test
    void readsNamespaces() {
        assertThat(read(Kind.NAMESPACE, Map.of())).contains("default", "kube-system", "payments");
    }

    @Test
    void readsContextsEvenIfTheChosenOneDoesNotExist() {
        assertThat(read(Kind.CONTEXT, Map.of())).containsExactly("first", "second");
        assertThat(read(Kind.CONTEXT, Map.of("--context", "fi"))).containsExactly("first", "second");
    }

    @Test
    void readsNamesInTheNamespaceOfTheContext() {
        assertThat(read(Kind.SERVICE_ACCOUNT, Map.of())).contains("invoices", "reports");
        assertThat(read(Kind.POD_OR_SERVICE_ACCOUNT, Map.of())).contains("reports-1", "sa/reports");
    }

    @Test
    void readsNamesInTheChosenNamespace() {
        assertThat(read(Kind.POD_OR_SERVICE_ACCOUNT, Map.of("--namespace", "default")))
                .doesNotContain("reports-1", "sa/reports");
    }

    /** A profile that the AWS configuration shows to be of an account is offered for no other one. */
    @Test
    void pairsAccountsWithProfiles() throws IOException {
        for (String account : List.of("444455556666", "777788889999")) {
            api.client().resource("""
                    apiVersion: irsa.dev/v1beta1
                    kind: IamAccount
                    metadata: {name: "a%1$s"}
                    spec: {accountID: "%1$s", roleARN: "arn:aws:iam::%1$s:role/irsa-operator"}
                    """.formatted(account)).create();
        }
        System.setProperty(
                "aws.configFile", Files.writeString(folder.resolve("aws"), """
                        [profile analytics]
                        sso_account_id = 444455556666
                        [profile keys]
                        aws_access_key_id = AKIDEXAMPLE
                        aws_secret_access_key = secret
                        [profile elsewhere]
                        role_arn = arn:aws:iam::111122223333:role/x
                        source_profile = keys
                        """).toString());
        try {
            assertThat(read(Kind.ACCOUNT_PROFILE, Map.of()))
                    .containsExactlyInAnyOrder("444455556666=analytics", "777788889999=keys");
        } finally {
            System.clearProperty("aws.configFile");
        }
    }

    @Test
    void returnsNoNamesOfAnUnreachableCluster() {
        assertThat(read(Kind.NAMESPACE, Map.of("--context", "second"))).isEmpty();
    }

    @Test
    void returnsNoNamesWithoutAKubeconfig() {
        assertThat(new ClusterNames()
                        .read(
                                Kind.NAMESPACE,
                                Map.of("--kubeconfig", folder.resolve("missing").toString())))
                .isEmpty();
    }

    private List<String> read(Kind kind, Map<String, String> flags) {
        var all = new HashMap<>(flags);
        all.put("--kubeconfig", kubeconfig.toString());
        return new ClusterNames().read(kind, all);
    }
}
