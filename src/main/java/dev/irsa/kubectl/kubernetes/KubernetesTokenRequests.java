package dev.irsa.kubectl.kubernetes;

import static dev.irsa.kubectl.kubernetes.ApiServerReads.read;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.kubectl.port.WebIdentityToken;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/** Requests tokens from the API server. */
public record KubernetesTokenRequests(KubernetesClient client) implements WebIdentityToken.Requests {
    /** The shortest lifetime that the API server accepts. */
    private static final long SECONDS = 600;

    private static final String PERMISSION = "create serviceaccounts/token";

    @Override
    public WebIdentityToken request(String namespace, String serviceAccount, String audience) {
        TokenRequest answer = read(
                PERMISSION,
                () -> client.serviceAccounts()
                        .inNamespace(namespace)
                        .withName(serviceAccount)
                        .tokenRequest(new TokenRequestBuilder()
                                .withNewSpec()
                                .withAudiences(audience)
                                .withExpirationSeconds(SECONDS)
                                .endSpec()
                                .build()));
        return Optional.ofNullable(answer.getStatus())
                .map(TokenRequestStatus::getToken)
                .map(WebIdentityToken::new)
                .orElseThrow(() -> new FailureException(new Failure.Passing(
                        Reason.KubernetesUnavailable, "the API server returned no token to " + PERMISSION)));
    }
}
