package dev.irsa.integration.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** A ServiceAccount token in a volume of a pod. */
public final class MountedToken {
    private MountedToken() {}

    /** Requests a token that is bound to the pod, as a kubelet does. */
    public static String request(KubernetesClient client, Pod pod, ServiceAccountTokenProjection wanted) {
        var request = new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(wanted.getExpirationSeconds())
                .withAudiences(wanted.getAudience() == null ? List.of() : List.of(wanted.getAudience()))
                .withNewBoundObjectRef()
                .withApiVersion("v1")
                .withKind("Pod")
                .withName(pod.getMetadata().getName())
                .withUid(pod.getMetadata().getUid())
                .endBoundObjectRef()
                .endSpec()
                .build();
        return client.serviceAccounts()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getSpec().getServiceAccountName())
                .tokenRequest(request)
                .getStatus()
                .getToken();
    }
}
