package dev.irsa.kubernetes;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.port.IamServiceAccountReads;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Reads IamServiceAccounts from the API server, page by page. */
public final class KubernetesIamServiceAccounts implements IamServiceAccountReads {
    private static final long PAGE_SIZE = 500;

    private final KubernetesClient client;

    /** Uses this client. */
    public KubernetesIamServiceAccounts(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public List<IamServiceAccount> list(Optional<String> namespace) {
        var resources = client.resources(IamServiceAccount.class);
        try {
            return pages(options -> namespace.isEmpty()
                    ? resources.inAnyNamespace().list(options)
                    : resources.inNamespace(namespace.get()).list(options));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return List.of();
            }
            throw ApiExceptionTranslator.of("list iamserviceaccounts.irsa.dev", e);
        }
    }

    /** Returns all items of a list that is read page by page. */
    private static List<IamServiceAccount> pages(
            Function<ListOptions, KubernetesResourceList<IamServiceAccount>> list) {
        List<IamServiceAccount> items = new ArrayList<>();
        String continuation = "";
        do {
            KubernetesResourceList<IamServiceAccount> page = list.apply(new ListOptionsBuilder()
                    .withLimit(PAGE_SIZE)
                    .withContinue(continuation.isEmpty() ? null : continuation)
                    .build());
            items.addAll(page.getItems());
            continuation = Objects.requireNonNullElse(page.getMetadata().getContinue(), "");
        } while (!continuation.isEmpty());
        return List.copyOf(items);
    }
}
