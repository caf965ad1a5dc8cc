package dev.irsa.kubernetes;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.observed.PodUse;
import dev.irsa.core.plan.ServiceAccountChange;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.CallInterceptor.ExternalCall;
import dev.irsa.port.Cluster;
import dev.irsa.port.CrdState;
import dev.irsa.port.ResourceRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accesses the cluster: reads from the informers' caches where it can, and calls the API server through the interceptor.
 *
 * @param statuses the last status that the operator wrote to each resource, which the cache may not show yet
 */
public record KubernetesCluster(
        KubernetesClient client, ClusterCache cache, WrittenStatusCache statuses, CallInterceptor interceptor)
        implements Cluster {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesCluster.class);

    @Override
    public ObservedServiceAccount serviceAccount(String namespace, String name) {
        return observed(cache.serviceAccount(namespace, name));
    }

    @Override
    public ObservedServiceAccount serviceAccountNow(String namespace, String name) {
        return observed(read("list serviceaccounts", name, () -> ServiceAccountView.read(client, namespace, name)));
    }

    private static ObservedServiceAccount observed(Optional<ServiceAccount> account) {
        return account.map(ServiceAccountView::of).orElseGet(ObservedServiceAccount.Absent::new);
    }

    @Override
    public List<IamServiceAccount> claimants(String namespace, String serviceAccount) {
        // Without its own writes, two resources would hand a ServiceAccount over to each other for as long as the watch
        // is late.
        return cache.claimants(namespace, serviceAccount).stream()
                .map(statuses::withUnseenStatus)
                .toList();
    }

    @Override
    public void addFinalizer(IamServiceAccount read, Optional<String> roleArn) {
        write(
                "patch iamserviceaccounts",
                read.getMetadata().getName(),
                () -> new FinalizerWriter(client).add(read, roleArn));
    }

    @Override
    public void removeFinalizer(IamServiceAccount read) {
        write("patch iamserviceaccounts", read.getMetadata().getName(), () -> new FinalizerWriter(client).remove(read));
    }

    @Override
    public void apply(ResourceRef resource, ServiceAccountChange change) {
        boolean creates = change instanceof ServiceAccountChange.CreateServiceAccount;
        write(
                (creates ? "create" : "patch") + " serviceaccounts",
                change.name(),
                () -> new ServiceAccountWriter(client, cache).apply(resource, change));
        LOG.info("{}", change.describe());
    }

    @Override
    public Optional<IamServiceAccount> cached(String namespace, String name) {
        return cache.resource(namespace, name);
    }

    @Override
    public Optional<String> uidNow(String namespace, String name) {
        return read(
                "get iamserviceaccounts",
                name,
                () -> Optional.ofNullable(client.resources(IamServiceAccount.class)
                                .inNamespace(namespace)
                                .withName(name)
                                .get())
                        .map(resource -> resource.getMetadata().getUid()));
    }

    @Override
    public PodUse pods(String namespace, String serviceAccount) {
        return read("list pods", serviceAccount, () -> new PodUseReader(client).use(namespace, serviceAccount));
    }

    @Override
    public CrdState definition() {
        try {
            return readDefinition()
                    .map(found -> found.isMarkedForDeletion() ? CrdState.DELETING : CrdState.INTACT)
                    .orElse(CrdState.MISSING);
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.AccessDenied) {
                return CrdState.UNKNOWN;
            }
            throw e;
        }
    }

    @Override
    public Optional<Instant> definedSince() {
        return readDefinition().map(found -> Instant.parse(found.getMetadata().getCreationTimestamp()));
    }

    private Optional<HasMetadata> readDefinition() {
        String name = HasMetadata.getFullResourceName(IamServiceAccount.class);
        return read(
                "get customresourcedefinitions",
                name,
                () -> Optional.ofNullable(client.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName(name)
                        .get()));
    }

    private <T> T read(String action, String subject, Supplier<T> work) {
        return interceptor.intercept(new ExternalCall(action, subject), () -> {
            try {
                return work.get();
            } catch (KubernetesClientException e) {
                throw ApiExceptionTranslator.of(action, e);
            }
        });
    }

    private void write(String action, String subject, Runnable work) {
        interceptor.intercept(new ExternalCall(action, subject), () -> {
            try {
                work.run();
            } catch (KubernetesClientException e) {
                if (ApiExceptionTranslator.hasCause(e, "FieldManagerConflict")) {
                    throw new FailureException(
                            Failure.of(
                                    Reason.ServiceAccountConflict,
                                    "ServiceAccount " + subject
                                            + " has IRSA annotations that another field manager owns: "
                                            + e.getStatus().getMessage()
                                            + "; remove them, or set its management in spec.serviceAccounts to Ignore"),
                            e);
                }
                throw ApiExceptionTranslator.of(action, e);
            }
        });
    }
}
