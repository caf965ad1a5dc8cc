package dev.irsa.integration.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.Issuer;
import dev.irsa.fixtures.plan.SampleCluster;
import dev.irsa.integration.pod.ContainerCredentialsConfig.Identity;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract with the pod identity webhook: what a ServiceAccount is annotated with, and what a pod gets for that.
 */
class PodIdentityWebhookTest {
    private static final String PREFIX = "eks.amazonaws.com/";
    private static final Pod POD = new PodBuilder()
            .withNewSpec()
            .addNewContainer()
            .withName("app")
            .endContainer()
            .endSpec()
            .build();

    @Test
    void annotatesOnlyRoleForWebhookDefaults() {
        assertThat(annotations("{}"))
                .isEqualTo(Map.of(PREFIX + "role-arn", "arn:aws:iam::111122223333:role/irsa/prod/prod_payments_web"));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
                    "{audience: vault.example.com}",  audience,               vault.example.com
                    "{expirationSeconds: 3600}",      token-expiration,       3600
                    "{expirationSeconds: 86400}",     token-expiration,       86400
                    "{stsRegionalEndpoints: true}",   sts-regional-endpoints, true
                    "{stsRegionalEndpoints: false}",  sts-regional-endpoints, false
                    """)
    void annotatesEachTokenSetting(String token, String annotation, String value) {
        assertThat(annotations(token)).hasSize(2).containsEntry(PREFIX + annotation, value);
    }

    @Test
    void omitsDefaultAudience() {
        assertThat(annotations("{audience: sts.amazonaws.com}")).isEqualTo(annotations("{}"));
    }

    /** Source: the pattern that cache.go of the webhook holds an ARN against; it warns of others. */
    @ParameterizedTest
    @ValueSource(strings = {"aws", "aws-cn", "aws-us-gov", "aws-iso-b"})
    void annotatesRoleAsArn(String partition) {
        assertThat(wanted("{}", partition).serviceAccount().annotations().get(PREFIX + "role-arn"))
                .matches("arn:aws[a-z0-9-]*:iam::\\d{12}:role/[\\w/.@+=,-]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{audience: sts.amazonaws.com}", "{audience: vault.example.com}"})
    void tokenAudienceMatchesTrustPolicy(String token) {
        Desired.Valid wanted = wanted(token, "aws");

        String audience = projected(wanted.serviceAccount().annotations()).getAudience();

        assertThat(wanted.role().trust().text()).contains("\"oidc.example.com/id/1:aud\":\"" + audience + "\"");
    }

    @ParameterizedTest
    @ValueSource(longs = {3600, 7200, 86_400})
    void tokenHasRequestedLifetime(long seconds) {
        assertThat(projected(annotations("{expirationSeconds: " + seconds + "}"))
                        .getExpirationSeconds())
                .isEqualTo(seconds);
    }

    @Test
    void leavesPodWithoutRoleUnchanged() {
        assertThat(PodIdentityWebhook.ofEks("eu-west-1").admit(POD, Map.of(PREFIX + "audience", "x")))
                .isEqualTo(POD);
    }

    /** Whatever the annotations say: they still decide how long the token is valid. */
    @Test
    void associationTakesPrecedenceOverAnnotations(@TempDir Path folder) {
        Path file = folder.resolve("config.json");
        PodIdentityWebhook webhook = PodIdentityWebhook.ofEks("eu-west-1").watching(file);
        Map<String, String> annotations = annotations("{audience: vault.example.com, expirationSeconds: 7200}");
        Pod pod = new PodBuilder(POD)
                .withNewMetadata()
                .withNamespace("payments")
                .endMetadata()
                .editSpec()
                .withServiceAccountName("web")
                .endSpec()
                .build();
        Pod before = webhook.admit(pod, annotations);
        assertThat(variables(before)).contains("AWS_ROLE_ARN");

        new ContainerCredentialsConfig(List.of(new Identity("payments", "web"))).write(file);
        Pod associated = webhook.admit(pod, annotations);

        assertThat(associated.getMetadata().getLabels()).isEqualTo(Map.of("eks.amazonaws.com/pod-identity", "enabled"));
        assertThat(variables(associated))
                .containsExactly(
                        "AWS_STS_REGIONAL_ENDPOINTS",
                        "AWS_DEFAULT_REGION",
                        "AWS_REGION",
                        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
        assertThat(associated
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getEnv()
                        .getLast()
                        .getValue())
                .isEqualTo("/var/run/secrets/pods.eks.amazonaws.com/serviceaccount/eks-pod-identity-token");
        assertThat(projected(associated).getAudience()).isEqualTo("pods.eks.amazonaws.com");
        assertThat(projected(associated).getExpirationSeconds()).isEqualTo(7200);

        new ContainerCredentialsConfig(List.of(new Identity("payments", "another"))).write(file);
        assertThat(webhook.admit(pod, annotations)).isEqualTo(before);
    }

    private static List<String> variables(Pod pod) {
        return pod.getSpec().getContainers().getFirst().getEnv().stream()
                .map(EnvVar::getName)
                .toList();
    }

    private static ServiceAccountTokenProjection projected(Map<String, String> annotations) {
        return projected(PodIdentityWebhook.ofEks("eu-west-1").admit(POD, annotations));
    }

    private static ServiceAccountTokenProjection projected(Pod pod) {
        return pod.getSpec()
                .getVolumes()
                .getFirst()
                .getProjected()
                .getSources()
                .getFirst()
                .getServiceAccountToken();
    }

    private static Map<String, String> annotations(String token) {
        return wanted(token, "aws").serviceAccount().annotations();
    }

    private static Desired.Valid wanted(String token, String partition) {
        IamServiceAccountSpec spec = Serialization.unmarshal("token: " + token, IamServiceAccountSpec.class);
        ClusterIdentity cluster = SampleCluster.of(
                "prod",
                "cluster-id",
                new Issuer("https://oidc.example.com/id/1"),
                new AwsAccount(partition, "111122223333", "irsa-operator"),
                "/irsa/prod/");
        return (Desired.Valid) Desired.of("payments", "web", spec, cluster);
    }
}
