package dev.irsa.kubernetes;

import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.core.failure.FailureException;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.CallInterceptor.ExternalCall;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** Reads an IamAccount from the API server. The operator may list IamAccounts and needs no permission to get one. */
public record AccountReader(KubernetesClient client, CallInterceptor interceptor) {
    private static final String LIST = "list iamaccounts";

    /**
     * Returns the IamAccount of this name as it is now; empty if there is none.
     *
     * @throws FailureException if the API server does not answer
     */
    public Optional<IamAccount> now(String name) {
        return interceptor.intercept(new ExternalCall(LIST, name), () -> {
            try {
                return client.resources(IamAccount.class).withField("metadata.name", name).list().getItems().stream()
                        .findFirst();
            } catch (KubernetesClientException e) {
                throw ApiExceptionTranslator.of(LIST, e);
            }
        });
    }
}
