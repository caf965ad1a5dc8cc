package dev.irsa.integration.pod;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** The token of a ServiceAccount with which pods assume a role. */
public final class AwsToken {
    private AwsToken() {}

    /** Requests a token from the API server of this client, as the kubelet does. */
    public static String of(KubernetesClient client, String namespace, String serviceAccount) {
        return client.serviceAccounts()
                .inNamespace(namespace)
                .withName(serviceAccount)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withAudiences("sts.amazonaws.com")
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }
}
