package dev.irsa.controller;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.desired.Desired;
import dev.irsa.kubernetes.ClusterCache;
import dev.irsa.kubernetes.SlimServiceAccounts;
import dev.irsa.port.Requeuer;
import dev.irsa.port.ResourceRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The event sources of the controller: the resources, indexed by the ServiceAccounts that they name, and all
 * ServiceAccounts of the watched namespaces.
 */
public final class ServiceAccountEventSources implements ClusterCache, Requeuer {
    private static final String BY_SERVICE_ACCOUNT = "serviceAccount";
    private static final String ALL_NAMESPACES = "";

    /** The page size of lists: a single response with all objects of a large cluster would fill the heap. */
    public static final long PAGE = 500;

    private final Set<String> namespaces;
    private final EntitlementEventSources entitlements;
    private final AccountEventSources accounts;
    private final RequeueEventSource requeues = new RequeueEventSource();
    private volatile Optional<IndexerResourceCache<IamServiceAccount>> resources = Optional.empty();
    private volatile Map<String, InformerEventSource<ServiceAccount, IamServiceAccount>> serviceAccounts = Map.of();

    /**
     * Creates event sources for the resources of some namespaces.
     *
     * @param namespaces the watched namespaces; empty for all
     * @param entitlements the event sources of what limits the resources
     * @param accounts the event source of the AWS accounts that resources name
     */
    public ServiceAccountEventSources(
            Set<String> namespaces, EntitlementEventSources entitlements, AccountEventSources accounts) {
        this.entitlements = entitlements;
        this.accounts = accounts;
        this.namespaces = namespaces.isEmpty() ? Set.of(ALL_NAMESPACES) : Set.copyOf(namespaces);
    }

    /** Creates the event sources; the framework calls this at every start. */
    List<EventSource<?, IamServiceAccount>> eventSources(EventSourceContext<IamServiceAccount> context) {
        IndexerResourceCache<IamServiceAccount> primaries = context.getPrimaryCache();
        primaries.addIndexers(Map.of(BY_SERVICE_ACCOUNT, ServiceAccountEventSources::keys));
        resources = Optional.of(primaries);
        // One informer and store for each namespace: informers that share a store remove each other's objects.
        Map<String, InformerEventSource<ServiceAccount, IamServiceAccount>> informers = new TreeMap<>();
        namespaces.forEach(namespace -> informers.put(namespace, informer(namespace, context)));
        serviceAccounts = Map.copyOf(informers);
        List<EventSource<?, IamServiceAccount>> sources = new ArrayList<>(informers.values());
        sources.addAll(entitlements.eventSources(context));
        sources.addAll(accounts.eventSources(context));
        sources.add(requeues);
        return sources;
    }

    private InformerEventSource<ServiceAccount, IamServiceAccount> informer(
            String namespace, EventSourceContext<IamServiceAccount> context) {
        var configuration = InformerEventSourceConfiguration.from(ServiceAccount.class, IamServiceAccount.class)
                .withName("serviceaccounts" + (namespace.equals(ALL_NAMESPACES) ? "" : "-" + namespace))
                .withItemStore(new SlimServiceAccounts())
                .withInformerListLimit(PAGE)
                .withSecondaryToPrimaryMapper(this::claimantIds)
                .withPrimaryToSecondaryMapper(ServiceAccountEventSources::serviceAccountIds);
        var watching = namespace.equals(ALL_NAMESPACES)
                ? configuration.withWatchAllNamespaces()
                : configuration.withNamespaces(Set.of(namespace));
        return new InformerEventSource<>(watching.build(), context);
    }

    /** Returns all resources in the cache; none before the framework has started. */
    public Stream<IamServiceAccount> all() {
        return resources.stream().flatMap(IndexerResourceCache::list);
    }

    /** Returns a resource from the cache. */
    Optional<IamServiceAccount> resource(ResourceID id) {
        return resources.flatMap(cache -> cache.get(id));
    }

    /** Requeues all resources that name this ServiceAccount. */
    void requeueClaimants(String namespace, String serviceAccount) {
        claimants(namespace, serviceAccount).stream()
                .map(ResourceID::fromResource)
                .forEach(requeues::requeue);
    }

    /** Requeues the other resources that name a ServiceAccount that this one named. */
    void requeueOtherClaimants(ResourceID id, String serviceAccount) {
        claimants(id.getNamespace().orElse(""), serviceAccount).stream()
                .map(ResourceID::fromResource)
                .filter(other -> !other.equals(id))
                .forEach(requeues::requeue);
    }

    @Override
    public void requeue(ResourceRef resource) {
        requeues.requeue(new ResourceID(resource.name(), resource.namespace()));
    }

    /** {@inheritDoc} Does nothing before the framework has started, which then reconciles all of them. */
    @Override
    public void requeueAll() {
        if (requeues.isRunning()) {
            resources.ifPresent(cache -> cache.keys().forEach(requeues::requeue));
        }
    }

    /** Announces a resource of this name, if the cache has one, to a framework that may have overlooked it. */
    void announce(ResourceID id) {
        resource(id).ifPresent(requeues::announce);
    }

    @Override
    public Optional<ServiceAccount> serviceAccount(String namespace, String name) {
        return informer(namespace).flatMap(informer -> informer.get(new ResourceID(name, namespace)));
    }

    @Override
    public void write(ServiceAccount before, UnaryOperator<ServiceAccount> write) {
        String namespace = before.getMetadata().getNamespace();
        // Under load, the framework keeps every second response, although its informer has that version already.
        informer(namespace)
                .orElseThrow()
                .eventFilteringUpdateAndCacheResource(
                        before, account -> SlimServiceAccounts.slim(write.apply(account)));
        // The event source filters the operator's own write, and with it what another client wrote just before. Other
        // claimants have to be reconciled too.
        requeueClaimants(namespace, before.getMetadata().getName());
    }

    private Optional<InformerEventSource<ServiceAccount, IamServiceAccount>> informer(String namespace) {
        return Optional.ofNullable(serviceAccounts.get(namespace))
                .or(() -> Optional.ofNullable(serviceAccounts.get(ALL_NAMESPACES)));
    }

    @Override
    public List<IamServiceAccount> claimants(String namespace, String serviceAccount) {
        return resources
                .map(cache -> cache.byIndex(BY_SERVICE_ACCOUNT, namespace + "/" + serviceAccount))
                .orElse(List.of());
    }

    @Override
    public Optional<IamServiceAccount> resource(String namespace, String name) {
        return resource(new ResourceID(name, namespace));
    }

    private Set<ResourceID> claimantIds(ServiceAccount account) {
        ObjectMeta metadata = account.getMetadata();
        return EntitlementEventSources.ids(claimants(metadata.getNamespace(), metadata.getName()));
    }

    private static Set<ResourceID> serviceAccountIds(HasMetadata resource) {
        return resource instanceof IamServiceAccount ours
                ? serviceAccounts(ours).stream()
                        .map(name -> new ResourceID(name, ours.getMetadata().getNamespace()))
                        .collect(Collectors.toSet())
                : Set.of();
    }

    private static List<String> keys(IamServiceAccount resource) {
        return serviceAccounts(resource).stream()
                .map(name -> resource.getMetadata().getNamespace() + "/" + name)
                .toList();
    }

    static List<String> serviceAccounts(IamServiceAccount resource) {
        return Desired.serviceAccountNames(resource.getMetadata().getName(), resource.getSpec());
    }
}
