package dev.irsa.controller;

import dev.irsa.api.v1alpha1.IamEntitlement;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.kubernetes.SlimNamespaces;
import dev.irsa.port.CoalescingSignal;
import dev.irsa.port.EntitlementSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Watches all that limits the resources, and has those reconciled that a change of it may concern. */
public final class EntitlementEventSources implements EntitlementSource {
    private final CoalescingSignal news;
    private volatile Optional<IndexerResourceCache<IamServiceAccount>> resources = Optional.empty();
    private volatile Optional<InformerEventSource<IamEntitlement, IamServiceAccount>> entitlements = Optional.empty();
    private volatile Optional<InformerEventSource<Namespace, IamServiceAccount>> namespaces = Optional.empty();

    /** @param news is given when an entitlement has changed */
    public EntitlementEventSources(CoalescingSignal news) {
        this.news = news;
    }

    /** The sources of events, made anew when the framework starts. */
    List<EventSource<?, IamServiceAccount>> eventSources(EventSourceContext<IamServiceAccount> context) {
        resources = Optional.of(context.getPrimaryCache());
        var ofEntitlements = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(IamEntitlement.class, IamServiceAccount.class)
                        .withName("iamentitlements")
                        .withWatchAllNamespaces()
                        .withSecondaryToPrimaryMapper(entitlement -> everybody())
                        .withPrimaryToSecondaryMapper(EntitlementEventSources::nothing)
                        .withOnUpdateFilter(EntitlementEventSources::isAnother)
                        .build(),
                context);
        var ofNamespaces = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Namespace.class, IamServiceAccount.class)
                        .withName("namespaces")
                        .withWatchAllNamespaces()
                        .withItemStore(new SlimNamespaces())
                        .withInformerListLimit(ServiceAccountEventSources.PAGE)
                        .withSecondaryToPrimaryMapper(namespace ->
                                ids(resources(namespace.getMetadata().getName())))
                        .withOnUpdateFilter((now, before) -> !labels(now).equals(labels(before)))
                        .build(),
                context);
        entitlements = Optional.of(ofEntitlements);
        namespaces = Optional.of(ofNamespaces);
        return List.of(ofEntitlements, ofNamespaces);
    }

    /** Its status is ours, and its metadata limits nobody. */
    private static boolean isAnother(IamEntitlement now, IamEntitlement before) {
        return !Objects.equals(now.getMetadata().getUid(), before.getMetadata().getUid())
                || !Objects.equals(
                        now.getMetadata().getGeneration(), before.getMetadata().getGeneration());
    }

    /** Nobody asks this way round; without it the framework would keep an index of every resource for each of these. */
    private static Set<ResourceID> nothing(HasMetadata resource) {
        return Set.of();
    }

    private Set<ResourceID> everybody() {
        news.give();
        return resources.map(cache -> cache.keys().collect(Collectors.toSet())).orElse(Set.of());
    }

    private static Set<ResourceID> ids(List<IamServiceAccount> resources) {
        return resources.stream().map(ResourceID::fromResource).collect(Collectors.toSet());
    }

    @Override
    public List<IamEntitlement> entitlements() {
        return entitlements.map(informer -> informer.list(any -> true).toList()).orElse(List.of());
    }

    @Override
    public Optional<Map<String, String>> namespaceLabels(String namespace) {
        return namespaces
                .flatMap(informer -> informer.get(new ResourceID(namespace)))
                .map(EntitlementEventSources::labels);
    }

    @Override
    public List<IamServiceAccount> resources(String namespace) {
        return resources
                .map(cache -> cache.byIndex(Cache.NAMESPACE_INDEX, namespace))
                .orElse(List.of());
    }

    /** Every resource that is there to stay. */
    Stream<IamServiceAccount> resources() {
        return resources
                .map(cache -> cache.list(resource -> !resource.isMarkedForDeletion()))
                .orElse(Stream.of());
    }

    private static Map<String, String> labels(HasMetadata object) {
        return Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.of());
    }
}
