package dev.irsa.kubectl.kubernetes;

import static dev.irsa.kubectl.kubernetes.JsonFields.requiredText;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamPolicyTemplate;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.kubernetes.ApiExceptionTranslator;
import dev.irsa.kubernetes.ClusterCache;
import dev.irsa.kubernetes.KubernetesCluster;
import dev.irsa.kubernetes.WrittenStatusCache;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.ClusterReads;
import dev.irsa.port.EntitlementSource;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Listable;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Reads the cluster without watches, for a program that looks once. The resources of a namespace and the IamAccounts are listed
 * once, and each namespace and ServiceAccount is read once.
 *
 * <p>Every method that calls the API server throws {@link dev.irsa.core.failure.FailureException} when it rejects the call.
 */
public final class ApiServerReads implements ClusterCache, EntitlementSource {
    private final KubernetesClient client;
    private final Map<String, List<IamServiceAccount>> resources = new HashMap<>();
    private final Map<String, Optional<ServiceAccount>> accounts = new HashMap<>();
    private final Map<String, Optional<Namespace>> namespaces = new HashMap<>();
    private Optional<List<IamAccount>> iamAccounts = Optional.empty();

    /** Uses this client. */
    public ApiServerReads(KubernetesClient client) {
        this.client = client;
    }

    /** Returns the reads that a reconcile makes. */
    public ClusterReads cluster() {
        return new KubernetesCluster(client, this, new WrittenStatusCache(), CallInterceptor.NONE);
    }

    /**
     * Makes a read.
     *
     * @param action the permission that it needs
     */
    static <T> T read(String action, Supplier<T> request) {
        try {
            return request.get();
        } catch (KubernetesClientException e) {
            throw ApiExceptionTranslator.of(action, e);
        }
    }

    @Override
    public List<IamEntitlement> entitlements() {
        return read(
                "list iamentitlements",
                () -> client.resources(IamEntitlement.class).list().getItems());
    }

    @Override
    public List<IamPolicyTemplate> policyTemplates() {
        return read(
                "list iampolicytemplates",
                () -> client.resources(IamPolicyTemplate.class).list().getItems());
    }

    /** Returns every IamAccount; none if the cluster has no such resources. */
    public List<IamAccount> accounts() {
        List<IamAccount> all = iamAccounts.orElseGet(this::readAccounts);
        iamAccounts = Optional.of(all);
        return all;
    }

    private List<IamAccount> readAccounts() {
        return read("list iamaccounts", () -> {
            try {
                return client.resources(IamAccount.class).list().getItems();
            } catch (KubernetesClientException e) {
                if (e.getCode() == 404) {
                    return List.of();
                }
                throw e;
            }
        });
    }

    @Override
    public Optional<Map<String, String>> namespaceLabels(String namespace) {
        return namespaces
                .computeIfAbsent(
                        namespace, name -> get("namespaces", client.namespaces().withName(name)))
                .map(found -> Objects.requireNonNullElse(found.getMetadata().getLabels(), Map.of()));
    }

    @Override
    public List<IamServiceAccount> resources(String namespace) {
        return resources.computeIfAbsent(
                namespace,
                name -> list(client.resources(IamServiceAccount.class).inNamespace(name)));
    }

    /** Returns every resource of the cluster. */
    public List<IamServiceAccount> allResources() {
        return list(client.resources(IamServiceAccount.class).inAnyNamespace());
    }

    private static List<IamServiceAccount> list(Listable<? extends KubernetesResourceList<IamServiceAccount>> found) {
        return read("list iamserviceaccounts", () -> found.list().getItems());
    }

    @Override
    public List<IamServiceAccount> claimants(String namespace, String serviceAccount) {
        return ClusterReads.claimants(resources(namespace), serviceAccount);
    }

    @Override
    public Optional<IamServiceAccount> resource(String namespace, String name) {
        return resources(namespace).stream()
                .filter(resource -> resource.getMetadata().getName().equals(name))
                .findFirst();
    }

    @Override
    public Optional<ServiceAccount> serviceAccount(String namespace, String name) {
        return accounts.computeIfAbsent(
                namespace + "/" + name,
                _ -> get(
                        "serviceaccounts",
                        client.serviceAccounts().inNamespace(namespace).withName(name)));
    }

    private static <T> Optional<T> get(String plural, Resource<T> resource) {
        return read("get " + plural, () -> Optional.ofNullable(resource.get()));
    }

    /**
     * Reads the ServiceAccounts with a role annotation, page by page, so that none of them is read again.
     *
     * @param namespace empty: all namespaces
     */
    public void readAnnotatedServiceAccounts(Optional<String> namespace) {
        JsonReads reads = new JsonReads(client);
        read("list serviceaccounts", () -> reads.list("serviceaccounts", namespace, this::remember));
    }

    private boolean remember(JsonNode account) {
        JsonNode metadata = account.path("metadata");
        boolean annotated = metadata.path("annotations").has(DesiredServiceAccount.ROLE_ARN);
        if (annotated) {
            accounts.put(
                    requiredText(metadata, "namespace") + "/" + requiredText(metadata, "name"),
                    Optional.of(client.getKubernetesSerialization().convertValue(account, ServiceAccount.class)));
        }
        return annotated;
    }

    @Override
    public void write(ServiceAccount before, UnaryOperator<ServiceAccount> write) {
        throw new UnsupportedOperationException("this program only reads");
    }
}
