package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.FaultyCalls;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the operator discloses no credential, at any log level and with any failure. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretsIT {
    private static final String ACCESS_KEY = "AKIARECOGNISABLE0001";
    private static final String SECRET_KEY = "recognisable/Secret+Key/0123456789abcdef";
    private static final String SESSION_TOKEN = "recognisable/Session+Token/0123456789abcdef==";
    private static final String WEB_IDENTITY = "recognisable.Web-Identity.Token_0123456789abcdef";

    /** Short, because parsers quote about forty characters. */
    private static final String SHORT_TOKEN = "recognisable0123456789";

    private TestEnvironment env;
    private Path kubeconfig;
    private String kubernetesToken;

    @BeforeAll
    void prepare(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) throws IOException {
        env = TestEnvironment.with(controlPlane, moto, proxy, kubectl);
        kubectl.run("apply", "-f", "deploy/rbac.yaml").orThrow();
        kubectl.run("apply", "-f", "deploy/deployment.yaml").orThrow();
        kubeconfig = controlPlane.kubeconfigOfServiceAccount("irsa-operator", "irsa-operator");
        kubernetesToken = Files.readString(kubeconfig).replaceAll("(?s).*token: \"([^\"]+)\".*", "$1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DEBUG", "TRACE"})
    void doesNotLeakKeysFromEnvironment(String level) {
        OperatorLaunch launch = env.sweeping()
                .withEnvironment("IRSA_LOG_LEVEL", level)
                .withEnvironment("AWS_ACCESS_KEY_ID", ACCESS_KEY)
                .withEnvironment("AWS_SECRET_ACCESS_KEY", SECRET_KEY)
                .withEnvironment("AWS_SESSION_TOKEN", SESSION_TOKEN);

        assertNoLeakDuringFailures(
                launch, new Secrets(List.of(ACCESS_KEY, SECRET_KEY, SESSION_TOKEN, kubernetesToken)));
    }

    @Test
    void doesNotLeakWebIdentityTokenOrItsKeys(@TempDir Path folder) throws IOException {
        OperatorLaunch launch = env.sweeping()
                .withEnvironment("IRSA_LOG_LEVEL", "TRACE")
                .withoutEnvironment("AWS_ACCESS_KEY_ID")
                .withoutEnvironment("AWS_SECRET_ACCESS_KEY")
                .withEnvironment("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/irsa-operator")
                .withEnvironment(
                        "AWS_WEB_IDENTITY_TOKEN_FILE",
                        Files.writeString(folder.resolve("token"), WEB_IDENTITY).toString());

        assertNoLeakDuringFailures(launch, new Secrets(List.of(WEB_IDENTITY, kubernetesToken)));
    }

    private void assertNoLeakDuringFailures(OperatorLaunch launch, Secrets secrets) {
        OperatorLaunch own =
                launch.withKubeconfig(kubeconfig).withArguments("--own-deployment", "irsa-operator/irsa-operator");
        try (OperatorProcess operator = own.startReady()) {
            AppliedResource resource = AppliedResource.smallest(env, "invoices").awaitReady();
            fail(resource, "AccessDenied", FaultyCalls::deny);
            fail(resource, "MalformedPolicy", calls -> calls.fail(400, "MalformedPolicyDocument", "Syntax errors"));
            fail(resource, "Throttled", FaultyCalls::throttle);
            fail(resource, "AwsUnavailable", FaultyCalls::answerInvalidBody);
            fail(resource, "CredentialsUnavailable", calls -> calls.fail(403, "ExpiredToken", header(SESSION_TOKEN)));
            // IAM quotes the request, which includes the session token.
            fail(
                    resource,
                    "CredentialsUnavailable",
                    calls -> calls.fail(
                            403,
                            "SignatureDoesNotMatch",
                            "The Canonical String should have been " + header(SESSION_TOKEN)));
            env.proxy().clear();
            resource.spec(AppliedResource.ONE_POLICY).awaitReady();
            resource.delete().awaitGone();

            secrets.assertNotLeakedBy(operator, env);
        }
    }

    private static String header(String token) {
        return "x-amz-security-token:" + token;
    }

    /** Makes a change that fails. */
    private void fail(AppliedResource resource, String reason, Consumer<FaultyCalls> failure) {
        env.proxy().clear();
        failure.accept(env.proxy().faults().on("iam:*"));
        resource.spec("{role: {description: %s}, policies: {managed: [AmazonS3ReadOnlyAccess]}}"
                .formatted(reason + resource.get("{.metadata.generation}")));
        resource.awaitReason(reason);
    }

    /** Messages of parsers quote the lines around an error. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "users: [{name: u, user: {token: %s}]\n",
                "users:\n- name: u\n  user:\n    token: %s\n   oops: x\n",
                "users:\n- name: u\n  user: %s\n",
                "users:\n- name: u\n  user: {token: [%s]}\n",
                "users:\n- name: u\n  user: {token: &%s\n",
                "users:\n- name: u\n  user:\n    token: |\n      %s\n      x\n",
            })
    void doesNotLeakTokenOfInvalidKubeconfig(String users, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s", insecure-skip-tls-verify: true}}]
                contexts: [{name: c, context: {cluster: c, user: u}}]
                current-context: c
                %s""".formatted(
                        env.controlPlane().client().getMasterUrl(), users.formatted(SHORT_TOKEN)));

        var refused = ExitResult.startOf(env.launch().withKubeconfig(file).withEnvironment("IRSA_LOG_LEVEL", "TRACE"));

        refused.assertExitCode(2);
        assertThat(refused.output()).contains(file.toString());
        new Secrets(List.of(SHORT_TOKEN)).assertNotIn("words", refused.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[default]\naws_secret_access_key %s\n", "[default %s\n", "[default]\n  a\n%s\n"})
    void doesNotLeakKeyOfInvalidAwsFile(String text, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("credentials"), text.formatted(SECRET_KEY));

        var refused = ExitResult.startOf(env.launch()
                .withEnvironment("AWS_SHARED_CREDENTIALS_FILE", file.toString())
                .withEnvironment("IRSA_LOG_LEVEL", "TRACE"));

        refused.assertExitCode(2);
        new Secrets(List.of(SECRET_KEY)).assertNotIn("words", refused.output());
    }

    /** The message of the JDK includes the header that it rejects. */
    @ParameterizedTest
    @ValueSource(strings = {"AWS_SESSION_TOKEN", "AWS_ACCESS_KEY_ID"})
    void doesNotLeakMultilineKey(String variable) {
        OperatorLaunch launch = env.launch()
                .withEnvironment(variable, SESSION_TOKEN + "\n" + SECRET_KEY)
                .withEnvironment("IRSA_LOG_LEVEL", "TRACE");
        try (OperatorProcess operator = launch.start()) {
            AppliedResource resource = AppliedResource.smallest(env, "invoices");

            assertThat(resource.awaitReason("CredentialsUnavailable")).contains("invalid character");
            new Secrets(List.of(SESSION_TOKEN, SECRET_KEY)).assertNotLeakedBy(operator, env);
        }
    }
}
