package dev.irsa.kubectl.kubernetes;

import dev.irsa.api.v1alpha1.IamEntitlement;
import dev.irsa.api.v1alpha1.IamPolicyTemplate;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.kubernetes.KubernetesCluster;
import dev.irsa.kubernetes.ResourceCache;
import dev.irsa.kubernetes.ServiceAccountCache;
import dev.irsa.kubernetes.WrittenStatusCache;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.ClusterReads;
import dev.irsa.port.EntitlementSource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads the cluster without watches, for a program that looks once. The resources of a namespace are listed once, and each
 * namespace and ServiceAccount is read once.
 *
 * <p>Every method that calls the API server throws {@link dev.irsa.core.failure.FailureException} when it rejects the call.
 */
public final class ApiServerReads implements EntitlementSource, ResourceCache, ServiceAccountCache {
    private final KubernetesClient client;
    private final Map<String, List<IamServiceAccount>> resources = new HashMap<>();
    private final Map<String, Optional<ServiceAccount>> accounts = new HashMap<>();
    private final Map<String, Optional<Namespace>> namespaces = new HashMap<>();

    /** Uses this client. */
    public ApiServerReads(KubernetesClient client) {
        this.client = client;
    }

    /** Returns the reads that a reconcile makes. */
    public ClusterReads cluster() {
        return new KubernetesCluster(client, this, this, new WrittenStatusCache(), CallInterceptor.NONE);
    }

    @Override
    public List<IamEntitlement> entitlements() {
        return KubernetesWorkloads.read(
                "list iamentitlements",
                () -> client.resources(IamEntitlement.class).list().getItems());
    }

    @Override
    public List<IamPolicyTemplate> policyTemplates() {
        return KubernetesWorkloads.read(
                "list iampolicytemplates",
                () -> client.resources(IamPolicyTemplate.class).list().getItems());
    }

    @Override
    public Optional<Map<String, String>> namespaceLabels(String namespace) {
        Optional<Namespace> found = namespaces.computeIfAbsent(
                namespace,
                name -> KubernetesWorkloads.read(
                        "get namespaces",
                        () -> Optional.ofNullable(
                                client.namespaces().withName(name).get())));
        return found.map(
                present -> Objects.requireNonNullElse(present.getMetadata().getLabels(), Map.of()));
    }

    @Override
    public List<IamServiceAccount> resources(String namespace) {
        return resources.computeIfAbsent(
                namespace,
                name -> KubernetesWorkloads.read(
                        "list iamserviceaccounts",
                        () -> client.resources(IamServiceAccount.class)
                                .inNamespace(name)
                                .list()
                                .getItems()));
    }

    /** Returns every resource of the cluster. */
    public List<IamServiceAccount> allResources() {
        return KubernetesWorkloads.read(
                "list iamserviceaccounts",
                () -> client.resources(IamServiceAccount.class)
                        .inAnyNamespace()
                        .list()
                        .getItems());
    }

    @Override
    public List<IamServiceAccount> claimants(String namespace, String serviceAccount) {
        return ClusterReads.claimants(resources(namespace), serviceAccount);
    }

    @Override
    public boolean isCached(String namespace, String name) {
        return resources(namespace).stream()
                .anyMatch(resource -> resource.getMetadata().getName().equals(name));
    }

    @Override
    public Optional<ServiceAccount> get(String namespace, String name) {
        return accounts.computeIfAbsent(
                namespace + "/" + name,
                _ -> KubernetesWorkloads.read(
                        "get serviceaccounts",
                        () -> Optional.ofNullable(client.serviceAccounts()
                                .inNamespace(namespace)
                                .withName(name)
                                .get())));
    }

    /**
     * Reads the ServiceAccounts with a role annotation, page by page, so that none of them is read again.
     *
     * @param namespace empty: all namespaces
     */
    public void readAnnotatedServiceAccounts(Optional<String> namespace) {
        KubernetesWorkloads.read(
                "list serviceaccounts",
                () -> ListPages.each(
                        options -> namespace.isPresent()
                                ? client.serviceAccounts()
                                        .inNamespace(namespace.get())
                                        .list(options)
                                : client.serviceAccounts().inAnyNamespace().list(options),
                        this::remember));
    }

    private void remember(ServiceAccount account) {
        ObjectMeta metadata = account.getMetadata();
        if (Objects.requireNonNullElse(metadata.getAnnotations(), Map.<String, String>of())
                .containsKey(DesiredServiceAccount.ROLE_ARN)) {
            accounts.put(metadata.getNamespace() + "/" + metadata.getName(), Optional.of(account));
        }
    }

    @Override
    public void write(ServiceAccount before, UnaryOperator<ServiceAccount> write) {
        throw new UnsupportedOperationException("this program only reads");
    }
}
