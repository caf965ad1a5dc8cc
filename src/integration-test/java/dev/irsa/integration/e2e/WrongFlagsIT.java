package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the configuration alone shows to be wrong ends the start with exit code 2 and a sentence for each mistake. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WrongFlagsIT {
    private World world;

    @BeforeAll
    void prepare(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        world = World.with(controlPlane, moto, proxy, kubectl);
    }

    @Test
    void allBadFlagsAreListedAtOnce() {
        var refused = Refused.startOf(world.launch()
                .withArguments(
                        "--role-path=no-slash",
                        "--oidc-issuer=http://plain.example.com",
                        "--aws-max-in-flight=0",
                        "--start-timeout=soon",
                        "--watch-namespace=Not_A_Namespace",
                        "--dry-run=perhaps"));

        refused.with(2);
        assertThat(refused.words())
                .contains(
                        "--role-path=no-slash",
                        "--oidc-issuer=http://plain.example.com",
                        "--aws-max-in-flight=0",
                        "--start-timeout=soon",
                        "--watch-namespace=Not_A_Namespace",
                        "--dry-run=perhaps");
        assertThat(refused.words().lines()).hasSize(6).allMatch(line -> line.startsWith("irsa-operator: --"));
    }

    @Test
    void anUnknownFlagIsNamedBesideTheOtherMistakes() {
        var refused = Refused.startOf(world.launch().withArguments("--no-such-flag", "--http-port=x"));

        refused.with(2);
        assertThat(refused.words()).contains("--no-such-flag is not a flag of this command", "--http-port=x");
    }

    @Test
    void aMissingClusterNameIsNamed() {
        var refused = Refused.startOf(world.launch().withArguments("--cluster-name="));

        refused.with(2);
        assertThat(refused.words()).contains("--cluster-name is missing");
    }

    @Test
    void aMissingRegionIsNamedWithTheWaysToGiveIt() {
        var refused = Refused.startOf(world.launch().withoutEnvironment("AWS_REGION"));

        refused.with(2);
        assertThat(refused.words()).contains("no AWS region", "--region", "AWS_REGION");
    }

    @Test
    void aKubeconfigThatIsNotThereIsNamed() {
        var refused = Refused.startOf(world.launch().withKubeconfig(Path.of("/nonexistent/kubeconfig")));

        refused.with(2);
        assertThat(refused.words()).contains("/nonexistent/kubeconfig", "KUBECONFIG");
    }

    @Test
    void aKubeconfigThatIsNoneIsNamed(@TempDir Path folder) throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), "this: [is not, a kubeconfig");

        var refused = Refused.startOf(world.launch().withKubeconfig(kubeconfig));

        refused.with(2);
        assertThat(refused.words()).contains(kubeconfig.toString());
    }

    @Test
    void aRegionThatIsNoneIsNamed() {
        var refused = Refused.startOf(world.launch().withArguments("--region=eu west"));

        refused.with(2);
        assertThat(refused.words()).contains("--region=eu west", "eu-west-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not a url", "localhost:4566", "http://", "://x"})
    void anEndpointOfAwsThatIsNoUrlIsNamed(String endpoint) {
        var refused = Refused.startOf(world.launch().withEnvironment("AWS_ENDPOINT_URL", endpoint));

        refused.with(2);
        assertThat(refused.words()).contains("AWS_ENDPOINT_URL");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAwsConfigurationFileThatIsNoneIsNamed(boolean regionGiven, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("config"), "[default\nregion eu-west-1\n");
        var launch = world.launch().withEnvironment("AWS_CONFIG_FILE", file.toString());

        var refused = Refused.startOf(
                regionGiven ? launch.withArguments("--region=eu-west-1") : launch.withoutEnvironment("AWS_REGION"));

        refused.with(2);
        assertThat(refused.words()).contains("AWS_CONFIG_FILE").doesNotContain("no AWS region");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server: 'https://127.0.0.1:1', certificate-authority: /nonexistent/ca.crt",
                "server: 'https://not a host'",
            })
    void aKubeconfigThatNoClientCanBeMadeOfIsNamed(String cluster, @TempDir Path folder) throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {%s}}]
                users: [{name: u, user: {token: t}}]
                contexts: [{name: c, context: {cluster: c, user: u}}]
                current-context: c
                """.formatted(cluster));

        var refused = Refused.startOf(world.launch().withKubeconfig(kubeconfig).withArguments("--start-timeout=2s"));

        refused.with(2);
        assertThat(refused.words()).contains(kubeconfig.toString());
    }
}
