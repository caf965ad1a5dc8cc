package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.ControlPlaneSettings;
import dev.irsa.integration.machine.Kubectl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that missing requirements end the start with exit code 1 and a message with the remedy. */
class StartupFailureIT extends EnvironmentTestBase {
    @Test
    void reportsMissingPermissionsAndManifest() {
        Path withoutPermissions = env.controlPlane().kubeconfigOfServiceAccount(env.namespace(), "default");

        var refused = ExitResult.startOf(env.launch().withKubeconfig(withoutPermissions));

        refused.assertExitCode(1);
        assertThat(refused.output())
                .contains(
                        "is missing permissions",
                        "get iamserviceaccounts.irsa.dev",
                        "list iamserviceaccounts.irsa.dev",
                        "patch iamserviceaccounts/status.irsa.dev",
                        "create serviceaccounts",
                        "create events.events.k8s.io",
                        "deploy/rbac.yaml");
    }

    @Test
    void reportsRejectedCredentials() {
        Path stranger = env.controlPlane().kubeconfig("stranger", "no-such-token");

        var refused = ExitResult.startOf(env.launch().withKubeconfig(stranger));

        refused.assertExitCode(1);
        assertThat(refused.output()).contains("Unauthorized");
    }

    @Test
    void reportsUnreachableApiServer(@TempDir Path folder) throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertReportsNoAnswer(folder, port);
    }

    @Test
    void reportsUnresponsiveApiServer(@TempDir Path folder) throws IOException {
        try (var unresponsive = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertReportsNoAnswer(folder, unresponsive.getLocalPort());
        }
    }

    private void assertReportsNoAnswer(Path folder, int port) throws IOException {
        String server = "https://127.0.0.1:" + port;
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s", insecure-skip-tls-verify: true}}]
                users: [{name: u, user: {token: t}}]
                contexts: [{name: c, context: {cluster: c, user: u}}]
                current-context: c
                """.formatted(server));

        var refused = ExitResult.startOf(env.launch().withKubeconfig(kubeconfig).withArguments("--start-timeout=2s"));

        refused.assertExitCode(1);
        assertThat(refused.output()).contains(server, "has not responded for 2 s", "--start-timeout");
    }

    @Test
    void rejectsIssuerOfAnotherCluster() {
        var refused = ExitResult.startOf(
                env.launch().withArguments("--oidc-issuer=https://oidc.eks.eu-west-1.amazonaws.com/id/OTHER"));

        refused.assertExitCode(1);
        assertThat(refused.output())
                .contains(
                        "--oidc-issuer=https://oidc.eks.eu-west-1.amazonaws.com/id/OTHER",
                        ControlPlaneSettings.EKS_ISSUER,
                        "remove the flag");
    }

    @Test
    void reportsPortInUse() throws IOException {
        try (var taken = new ServerSocket(0)) {
            String flag = "--http-port=" + taken.getLocalPort();

            var refused = ExitResult.startOf(env.launch().withArguments(flag));

            refused.assertExitCode(1);
            assertThat(refused.output()).contains(flag, "in use");
        }
    }

    @Test
    void reportsMissingCrd() {
        try (var bare = ControlPlane.start()) {
            var refused = ExitResult.startOf(env.launch().withKubeconfig(bare.kubeconfig()));

            refused.assertExitCode(1);
            assertThat(refused.output())
                    .contains("iamserviceaccounts.irsa.dev", "kubectl apply --server-side -f crds/");
        }
    }

    @Test
    void rejectsIssuerUnreachableByAws() {
        var settings = ControlPlaneSettings.likeEks().withIssuer("https://kubernetes.default.svc");
        try (var internal = ControlPlane.start(settings)) {
            new Kubectl(internal.kubeconfig()).applyFile(TestEnvironment.crds()).orThrow();

            var refused = ExitResult.startOf(env.launch().withKubeconfig(internal.kubeconfig()));

            refused.assertExitCode(1);
            assertThat(refused.output())
                    .contains("https://kubernetes.default.svc", "AWS cannot reach", "--service-account-issuer");
        }
    }

    @Test
    void waitsForApiServer() {
        try (var late = ControlPlane.start()) {
            new Kubectl(late.kubeconfig()).applyFile(TestEnvironment.crds()).orThrow();
            late.stopApiServer();
            try (OperatorProcess operator =
                    env.launch().withKubeconfig(late.kubeconfig()).start()) {
                TestEnvironment.await().until(() -> operator.log().contains("waiting for the API server"));
                assertThat(operator.status("/livez")).isEqualTo(200);
                assertThat(operator.status("/readyz")).isEqualTo(503);

                late.startApiServer();

                operator.awaitReady();
                OperatorLog.assertNoStackTrace(operator.log());
            }
        }
    }
}
