package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.desired.Desired;
import dev.irsa.kubernetes.ResourceCache;
import dev.irsa.kubernetes.ServiceAccountCache;
import dev.irsa.kubernetes.SlimServiceAccounts;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What the framework watches for us: the resources, by the ServiceAccount they name, and all ServiceAccounts. */
public final class WatchedCaches implements ServiceAccountCache, ResourceCache {
    private static final String BY_SERVICE_ACCOUNT = "serviceAccount";

    private final SimpleInboundEventSource<IamServiceAccount> wakeUps = new SimpleInboundEventSource<>("wakeUps");
    private volatile Optional<IndexerResourceCache<IamServiceAccount>> resources = Optional.empty();
    private volatile Optional<InformerEventSource<ServiceAccount, IamServiceAccount>> serviceAccounts =
            Optional.empty();

    /** The sources of events, made anew when the framework starts. */
    List<EventSource<?, IamServiceAccount>> eventSources(EventSourceContext<IamServiceAccount> context) {
        IndexerResourceCache<IamServiceAccount> primaries = context.getPrimaryCache();
        primaries.addIndexers(Map.of(BY_SERVICE_ACCOUNT, WatchedCaches::key));
        resources = Optional.of(primaries);
        InformerEventSource<ServiceAccount, IamServiceAccount> informer = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(ServiceAccount.class, IamServiceAccount.class)
                        .withItemStore(new SlimServiceAccounts())
                        .withNamespacesInheritedFromController()
                        .withSecondaryToPrimaryMapper(this::claimantIds)
                        .withPrimaryToSecondaryMapper(WatchedCaches::serviceAccountId)
                        .build(),
                context);
        serviceAccounts = Optional.of(informer);
        return List.of(informer, wakeUps);
    }

    /** Has all resources reconciled that name the same ServiceAccount as this one. */
    void wakeOthers(IamServiceAccount resource) {
        String namespace = resource.getMetadata().getNamespace();
        claimants(namespace, serviceAccount(resource)).stream()
                .filter(other -> !other.getMetadata()
                        .getName()
                        .equals(resource.getMetadata().getName()))
                .map(ResourceID::fromResource)
                .forEach(wakeUps::propagateEvent);
    }

    @Override
    public Optional<ServiceAccount> get(String namespace, String name) {
        return serviceAccounts.flatMap(informer -> informer.get(new ResourceID(name, namespace)));
    }

    @Override
    public void write(ServiceAccount before, UnaryOperator<ServiceAccount> write) {
        serviceAccounts.orElseThrow().eventFilteringUpdateAndCacheResource(before, write);
        // The watch tells nobody of our own write, and to another claimant it is news.
        List<IamServiceAccount> claimants = claimants(
                before.getMetadata().getNamespace(), before.getMetadata().getName());
        if (claimants.size() > 1) {
            claimants.stream().map(ResourceID::fromResource).forEach(wakeUps::propagateEvent);
        }
    }

    @Override
    public List<IamServiceAccount> claimants(String namespace, String serviceAccount) {
        return resources
                .map(cache -> cache.byIndex(BY_SERVICE_ACCOUNT, namespace + "/" + serviceAccount))
                .orElse(List.of());
    }

    private Set<ResourceID> claimantIds(ServiceAccount account) {
        return claimants(
                        account.getMetadata().getNamespace(),
                        account.getMetadata().getName())
                .stream()
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    private static Set<ResourceID> serviceAccountId(HasMetadata resource) {
        return resource instanceof IamServiceAccount ours
                ? Set.of(new ResourceID(serviceAccount(ours), ours.getMetadata().getNamespace()))
                : Set.of();
    }

    private static List<String> key(IamServiceAccount resource) {
        return List.of(resource.getMetadata().getNamespace() + "/" + serviceAccount(resource));
    }

    private static String serviceAccount(IamServiceAccount resource) {
        return Desired.serviceAccountName(resource.getMetadata().getName(), resource.getSpec());
    }
}
