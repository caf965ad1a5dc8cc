package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.pod.PodIdentityWebhook;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Map;

/**
 * Pods of the ServiceAccount of a resource, as the webhook changes them. They exist as objects only, because the control plane
 * has no nodes.
 *
 * @param eks whose associations the webhook follows at once
 */
record SubjectPods(Subject subject, EksCluster eks) {
    private static final String INJECTED = "eks.amazonaws.com/pod-identity";
    private static final String ROLE = "AWS_ROLE_ARN";
    private static final String AGENT = "AWS_CONTAINER_CREDENTIALS_FULL_URI";

    /** Creates pods, which get the role through IRSA. */
    void startWithIrsa(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(start()).containsEntry(ROLE, subject.roleArn()).doesNotContainKey(AGENT);
        }
    }

    /** Creates pods, which get no credentials but those of EKS Pod Identity. */
    void startWithPodIdentity(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(start())
                    .containsEntry(AGENT, "http://169.254.170.23/v1/credentials")
                    .containsKey("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")
                    .doesNotContainKeys(ROLE, PodIdentityWebhook.TOKEN_FILE);
        }
    }

    /** Deletes the pods that use IRSA. */
    void deleteThoseWithIrsa() {
        subject.kubectl("delete", "pods", "--selector=" + INJECTED + "!=enabled", "--timeout=30s");
    }

    /** Creates a pod and returns its environment. */
    private Map<String, String> start() {
        Path associations = subject.env().controlPlane().folder().resolve("container-credentials.json");
        eks.containerCredentials().write(associations);
        KubernetesClient client = subject.env().controlPlane().client();
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace(subject.namespace())
                .withGenerateName(subject.name() + "-")
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName(subject.name())
                .addNewContainer()
                .withName("main")
                .withImage("registry.example.com/main")
                .endContainer()
                .endSpec()
                .build();
        Map<String, String> annotations = client.serviceAccounts()
                .inNamespace(subject.namespace())
                .withName(subject.name())
                .require()
                .getMetadata()
                .getAnnotations();
        PodIdentityWebhook webhook = PodIdentityWebhook.ofEks("eu-west-1").watching(associations);
        return SampleJob.environment(
                client.resource(webhook.admit(pod, annotations)).create());
    }
}
