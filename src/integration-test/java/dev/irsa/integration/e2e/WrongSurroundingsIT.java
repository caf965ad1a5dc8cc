package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.ControlPlaneSettings;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What lacks around the operator ends the start with exit code 1 and a sentence that says what to do. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WrongSurroundingsIT {
    private World world;

    @BeforeAll
    void prepare(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        world = World.with(controlPlane, moto, proxy, kubectl);
    }

    @Test
    void withoutRightsItNamesEachAndTheManifestThatGivesThem() {
        Path nobody = world.controlPlane().kubeconfigOfServiceAccount(world.namespace(), "default");

        var refused = Refused.startOf(world.launch().withKubeconfig(nobody));

        refused.with(1);
        assertThat(refused.words())
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
    void credentialsThatTheApiServerDoesNotTakeAreToldAsSuch() {
        Path stranger = world.controlPlane().kubeconfig("stranger", "no-such-token");

        var refused = Refused.startOf(world.launch().withKubeconfig(stranger));

        refused.with(1);
        assertThat(refused.words()).contains("Unauthorized");
    }

    @Test
    void anApiServerThatNobodyListensForIsNamed(@TempDir Path folder) throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        unanswered(folder, port);
    }

    @Test
    void anApiServerThatTakesTheConnectionAndSaysNothingIsNamed(@TempDir Path folder) throws IOException {
        try (var mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            unanswered(folder, mute.getLocalPort());
        }
    }

    private void unanswered(Path folder, int port) throws IOException {
        String server = "https://127.0.0.1:" + port;
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s", insecure-skip-tls-verify: true}}]
                users: [{name: u, user: {token: t}}]
                contexts: [{name: c, context: {cluster: c, user: u}}]
                current-context: c
                """.formatted(server));

        var refused = Refused.startOf(world.launch().withKubeconfig(kubeconfig).withArguments("--start-timeout=2s"));

        refused.with(1);
        assertThat(refused.words()).contains(server, "has not responded for 2 s", "--start-timeout");
    }

    @Test
    void anIssuerThatIsNotTheClustersIsRefused() {
        var refused = Refused.startOf(
                world.launch().withArguments("--oidc-issuer=https://oidc.eks.eu-west-1.amazonaws.com/id/OTHER"));

        refused.with(1);
        assertThat(refused.words())
                .contains(
                        "--oidc-issuer=https://oidc.eks.eu-west-1.amazonaws.com/id/OTHER",
                        ControlPlaneSettings.EKS_ISSUER,
                        "remove the flag");
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (var taken = new ServerSocket(0)) {
            String flag = "--http-port=" + taken.getLocalPort();

            var refused = Refused.startOf(world.launch().withArguments(flag));

            refused.with(1);
            assertThat(refused.words()).contains(flag, "in use");
        }
    }

    @Test
    void withoutTheCustomResourceDefinitionItSaysHowToInstallIt() {
        try (var bare = ControlPlane.start()) {
            var refused = Refused.startOf(world.launch().withKubeconfig(bare.kubeconfig()));

            refused.with(1);
            assertThat(refused.words()).contains("iamserviceaccounts.irsa.dev", "kubectl apply --server-side -f crds/");
        }
    }

    @Test
    void anIssuerThatAwsCannotReachIsRefusedWithTheSettingToChange() {
        var settings = ControlPlaneSettings.likeEks().withIssuer("https://kubernetes.default.svc");
        try (var internal = ControlPlane.start(settings)) {
            new Kubectl(internal.kubeconfig()).applyFile(World.crds()).orThrow();

            var refused = Refused.startOf(world.launch().withKubeconfig(internal.kubeconfig()));

            refused.with(1);
            assertThat(refused.words())
                    .contains("https://kubernetes.default.svc", "AWS cannot reach", "--service-account-issuer");
        }
    }

    @Test
    void anApiServerThatComesLateIsWaitedFor() {
        try (var late = ControlPlane.start()) {
            new Kubectl(late.kubeconfig()).applyFile(World.crds()).orThrow();
            late.stopApiServer();
            try (OperatorProcess operator =
                    world.launch().withKubeconfig(late.kubeconfig()).start()) {
                World.await().until(() -> operator.log().contains("waiting for the API server"));
                assertThat(operator.status("/livez")).isEqualTo(200);
                assertThat(operator.status("/readyz")).isEqualTo(503);

                late.startApiServer();

                operator.awaitReady();
                Log.assertNoStackTrace(operator.log());
            }
        }
    }
}
