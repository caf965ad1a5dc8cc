package dev.irsa.kubernetes;

import static dev.irsa.kubernetes.KubernetesWorkloads.read;

import dev.irsa.port.TokenRequests;
import dev.irsa.port.WebIdentityToken;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Requests tokens from the API server. */
public final class KubernetesTokenRequests implements TokenRequests {
    /** The shortest lifetime that the API server accepts. */
    private static final long SECONDS = 600;

    private final KubernetesClient client;

    /** Uses this client. */
    public KubernetesTokenRequests(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public WebIdentityToken request(String namespace, String serviceAccount, String audience) {
        return read("create serviceaccounts/token", () -> new WebIdentityToken(client.serviceAccounts()
                .inNamespace(namespace)
                .withName(serviceAccount)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withAudiences(audience)
                        .withExpirationSeconds(SECONDS)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken()));
    }
}
