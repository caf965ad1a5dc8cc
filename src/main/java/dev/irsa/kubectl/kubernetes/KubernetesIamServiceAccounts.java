package dev.irsa.kubectl.kubernetes;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.kubectl.port.IamServiceAccountReads;
import dev.irsa.kubernetes.ApiExceptionTranslator;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;

/** Reads IamServiceAccounts from the API server, page by page. */
public final class KubernetesIamServiceAccounts implements IamServiceAccountReads {
    private final KubernetesClient client;

    /** Uses this client. */
    public KubernetesIamServiceAccounts(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public List<IamServiceAccount> list(Optional<String> namespace) {
        var resources = client.resources(IamServiceAccount.class);
        try {
            return ListPages.all(options -> namespace.isEmpty()
                    ? resources.inAnyNamespace().list(options)
                    : resources.inNamespace(namespace.get()).list(options));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return List.of();
            }
            throw ApiExceptionTranslator.of("list iamserviceaccounts.irsa.dev", e);
        }
    }
}
