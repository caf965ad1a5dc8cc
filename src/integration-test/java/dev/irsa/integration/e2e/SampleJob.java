package dev.irsa.integration.e2e;

import dev.irsa.integration.kubelet.MountedToken;
import dev.irsa.integration.pod.PodIdentityWebhook;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.TreeMap;

/** Acts as the controllers and the kubelet for the Job of deploy/samples/read-bucket.yaml. */
record SampleJob(KubernetesClient client, Job job) {
    static SampleJob of(KubernetesClient client, String namespace, String name) {
        return new SampleJob(
                client,
                client.batch().v1().jobs().inNamespace(namespace).withName(name).get());
    }

    /** Creates the Job's pod as the webhook changes it. */
    Pod start(PodIdentityWebhook webhook) {
        var template = job.getSpec().getTemplate();
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace(job.getMetadata().getNamespace())
                .withGenerateName(job.getMetadata().getName() + "-")
                .endMetadata()
                .withSpec(template.getSpec())
                .build();
        ServiceAccount account = client.serviceAccounts()
                .inNamespace(job.getMetadata().getNamespace())
                .withName(template.getSpec().getServiceAccountName())
                .get();
        return client.resource(webhook.admit(pod, account.getMetadata().getAnnotations()))
                .create();
    }

    /** Requests the token that the kubelet mounts. */
    String token(Pod pod) {
        ServiceAccountTokenProjection wanted = pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals(PodIdentityWebhook.VOLUME))
                .map(volume -> volume.getProjected().getSources().getFirst().getServiceAccountToken())
                .findFirst()
                .orElseThrow();
        return MountedToken.request(client, pod, wanted);
    }

    /** Returns the environment of the container, without the variables of its image. */
    static Map<String, String> environment(Pod pod) {
        Map<String, String> environment = new TreeMap<>();
        for (EnvVar variable : pod.getSpec().getContainers().getFirst().getEnv()) {
            environment.put(variable.getName(), variable.getValue());
        }
        return environment;
    }
}
