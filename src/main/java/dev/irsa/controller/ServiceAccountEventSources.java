package dev.irsa.controller;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.core.desired.Desired;
import dev.irsa.kubernetes.ResourceCache;
import dev.irsa.kubernetes.ServiceAccountCache;
import dev.irsa.kubernetes.SlimServiceAccounts;
import dev.irsa.port.ResourceRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
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

/** What the framework watches for us: the resources, by the ServiceAccount they name, and all ServiceAccounts. */
public final class ServiceAccountEventSources implements ServiceAccountCache, ResourceCache {
    private static final String BY_SERVICE_ACCOUNT = "serviceAccount";
    private static final String ALL_NAMESPACES = "";

    /** Objects in one answer to a list: a whole large cluster in one piece would fill the heap. */
    public static final long PAGE = 500;

    private final Set<String> namespaces;
    private final EntitlementEventSources limits;
    private final RequeueEventSource wakeUps = new RequeueEventSource();
    private volatile Optional<IndexerResourceCache<IamServiceAccount>> resources = Optional.empty();
    private volatile Map<String, InformerEventSource<ServiceAccount, IamServiceAccount>> serviceAccounts = Map.of();

    /**
     * Watches for the resources of these namespaces.
     *
     * @param namespaces the watched ones; empty: all
     * @param limits what limits them
     */
    public ServiceAccountEventSources(Set<String> namespaces, EntitlementEventSources limits) {
        this.limits = limits;
        this.namespaces = namespaces.isEmpty() ? Set.of(ALL_NAMESPACES) : Set.copyOf(namespaces);
    }

    /** The sources of events, made anew when the framework starts. */
    List<EventSource<?, IamServiceAccount>> eventSources(EventSourceContext<IamServiceAccount> context) {
        IndexerResourceCache<IamServiceAccount> primaries = context.getPrimaryCache();
        primaries.addIndexers(Map.of(BY_SERVICE_ACCOUNT, ServiceAccountEventSources::key));
        resources = Optional.of(primaries);
        // One for each namespace: informers that shared a store would remove what the others had put there.
        Map<String, InformerEventSource<ServiceAccount, IamServiceAccount>> informers = new TreeMap<>();
        namespaces.forEach(namespace -> informers.put(namespace, informer(namespace, context)));
        serviceAccounts = Map.copyOf(informers);
        List<EventSource<?, IamServiceAccount>> sources = new ArrayList<>(informers.values());
        sources.addAll(limits.eventSources(context));
        sources.add(wakeUps);
        return sources;
    }

    private InformerEventSource<ServiceAccount, IamServiceAccount> informer(
            String namespace, EventSourceContext<IamServiceAccount> context) {
        var configuration = InformerEventSourceConfiguration.from(ServiceAccount.class, IamServiceAccount.class)
                .withName("serviceaccounts" + (namespace.equals(ALL_NAMESPACES) ? "" : "-" + namespace))
                .withItemStore(new SlimServiceAccounts())
                .withInformerListLimit(PAGE)
                .withSecondaryToPrimaryMapper(this::claimantIds)
                .withPrimaryToSecondaryMapper(ServiceAccountEventSources::serviceAccountId);
        var watching = namespace.equals(ALL_NAMESPACES)
                ? configuration.withWatchAllNamespaces()
                : configuration.withNamespaces(Set.of(namespace));
        return new InformerEventSource<>(watching.build(), context);
    }

    /** All resources as last seen; none before the framework works. */
    public Stream<IamServiceAccount> all() {
        return resources.stream().flatMap(IndexerResourceCache::list);
    }

    /** A resource as last seen. */
    Optional<IamServiceAccount> resource(ResourceID id) {
        return resources.flatMap(cache -> cache.get(id));
    }

    /** Has all resources reconciled that name this ServiceAccount. */
    void wakeClaimants(String namespace, String serviceAccount) {
        claimants(namespace, serviceAccount).stream()
                .map(ResourceID::fromResource)
                .forEach(wakeUps::wake);
    }

    /** Has a resource reconciled. */
    public void wake(ResourceRef resource) {
        wakeUps.wake(new ResourceID(resource.name(), resource.namespace()));
    }

    /** Has every resource reconciled; before the framework works there is no need, and no cache to ask for them. */
    public void wakeAll() {
        if (wakeUps.isRunning()) {
            resources.ifPresent(cache -> cache.keys().forEach(wakeUps::wake));
        }
    }

    /** Tells the framework of a resource that it has overlooked. */
    void appeared(IamServiceAccount resource) {
        wakeUps.appeared(resource);
    }

    @Override
    public Optional<ServiceAccount> get(String namespace, String name) {
        return informer(namespace).flatMap(informer -> informer.get(new ResourceID(name, namespace)));
    }

    @Override
    public void write(ServiceAccount before, UnaryOperator<ServiceAccount> write) {
        String namespace = before.getMetadata().getNamespace();
        informer(namespace).orElseThrow().eventFilteringUpdateAndCacheResource(before, write);
        // The watch keeps our own write from us, and with it what somebody else wrote just before; and to another
        // claimant it is news.
        wakeClaimants(namespace, before.getMetadata().getName());
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
    public boolean shows(String namespace, String name) {
        return resource(new ResourceID(name, namespace)).isPresent();
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

    static String serviceAccount(IamServiceAccount resource) {
        return Desired.serviceAccountName(resource.getMetadata().getName(), resource.getSpec());
    }
}
