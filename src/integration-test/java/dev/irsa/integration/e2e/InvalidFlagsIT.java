package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that an invalid configuration ends the start with exit code 2 and a message for each error. */
class InvalidFlagsIT extends EnvironmentTestBase {
    @Test
    void reportsAllInvalidFlagsAtOnce() {
        var refused = ExitResult.startOf(env.launch()
                .withArguments(
                        "--role-path=no-slash",
                        "--oidc-issuer=http://plain.example.com",
                        "--aws-max-in-flight=0",
                        "--start-timeout=soon",
                        "--watch-namespace=Not_A_Namespace",
                        "--dry-run=perhaps"));

        refused.assertExitCode(2);
        assertThat(refused.output())
                .contains(
                        "--role-path=no-slash",
                        "--oidc-issuer=http://plain.example.com",
                        "--aws-max-in-flight=0",
                        "--start-timeout=soon",
                        "--watch-namespace=Not_A_Namespace",
                        "--dry-run=perhaps");
        assertThat(refused.output().lines()).hasSize(6).allMatch(line -> line.startsWith("irsa-operator: --"));
    }

    @Test
    void reportsUnknownFlagWithOtherErrors() {
        var refused = ExitResult.startOf(env.launch().withArguments("--no-such-flag", "--http-port=x"));

        refused.assertExitCode(2);
        assertThat(refused.output()).contains("--no-such-flag is not a flag of this command", "--http-port=x");
    }

    @Test
    void reportsMissingClusterName() {
        var refused = ExitResult.startOf(env.launch().withArguments("--cluster-name="));

        refused.assertExitCode(2);
        assertThat(refused.output()).contains("--cluster-name is missing");
    }

    @Test
    void reportsMissingRegion() {
        var refused = ExitResult.startOf(env.launch().withoutEnvironment("AWS_REGION"));

        refused.assertExitCode(2);
        assertThat(refused.output()).contains("no AWS region", "--region", "AWS_REGION");
    }

    @Test
    void reportsMissingKubeconfig() {
        var refused = ExitResult.startOf(env.launch().withKubeconfig(Path.of("/nonexistent/kubeconfig")));

        refused.assertExitCode(2);
        assertThat(refused.output()).contains("/nonexistent/kubeconfig", "KUBECONFIG");
    }

    @Test
    void reportsUnparsableKubeconfig(@TempDir Path folder) throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), "this: [is not, a kubeconfig");

        var refused = ExitResult.startOf(env.launch().withKubeconfig(kubeconfig));

        refused.assertExitCode(2);
        assertThat(refused.output()).contains(kubeconfig.toString());
    }

    @Test
    void reportsInvalidRegion() {
        var refused = ExitResult.startOf(env.launch().withArguments("--region=eu west"));

        refused.assertExitCode(2);
        assertThat(refused.output()).contains("--region=eu west", "eu-west-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not a url", "localhost:4566", "http://", "://x"})
    void reportsInvalidAwsEndpoint(String endpoint) {
        var refused = ExitResult.startOf(env.launch().withEnvironment("AWS_ENDPOINT_URL", endpoint));

        refused.assertExitCode(2);
        assertThat(refused.output()).contains("AWS_ENDPOINT_URL");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void reportsUnparsableAwsConfigFile(boolean regionGiven, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("config"), "[default\nregion eu-west-1\n");
        var launch = env.launch().withEnvironment("AWS_CONFIG_FILE", file.toString());

        var refused = ExitResult.startOf(
                regionGiven ? launch.withArguments("--region=eu-west-1") : launch.withoutEnvironment("AWS_REGION"));

        refused.assertExitCode(2);
        assertThat(refused.output()).contains("AWS_CONFIG_FILE").doesNotContain("no AWS region");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server: 'https://127.0.0.1:1', certificate-authority: /nonexistent/ca.crt",
                "server: 'https://not a host'",
            })
    void reportsUnusableKubeconfig(String cluster, @TempDir Path folder) throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {%s}}]
                users: [{name: u, user: {token: t}}]
                contexts: [{name: c, context: {cluster: c, user: u}}]
                current-context: c
                """.formatted(cluster));

        var refused = ExitResult.startOf(env.launch().withKubeconfig(kubeconfig).withArguments("--start-timeout=2s"));

        refused.assertExitCode(2);
        assertThat(refused.output()).contains(kubeconfig.toString());
    }
}
