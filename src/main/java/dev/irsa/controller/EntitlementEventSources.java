package dev.irsa.controller;

import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamPolicyTemplate;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.TemplateUse;
import dev.irsa.core.entitlement.RequestingNamespace;
import dev.irsa.kubernetes.SlimStore;
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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Watches the entitlements, policy templates and namespaces. Requeues the resources that a change may affect. */
public final class EntitlementEventSources implements EntitlementSource {
    private static final String BY_TEMPLATE = "template";

    private final CoalescingSignal changes;
    private volatile Optional<IndexerResourceCache<IamServiceAccount>> resources = Optional.empty();
    private volatile Optional<InformerEventSource<IamEntitlement, IamServiceAccount>> entitlements = Optional.empty();
    private volatile Optional<InformerEventSource<IamPolicyTemplate, IamServiceAccount>> templates = Optional.empty();
    private volatile Optional<InformerEventSource<Namespace, IamServiceAccount>> namespaces = Optional.empty();

    /** @param changes is signaled when an entitlement, a template, a status of these, or the labels of a namespace change */
    public EntitlementEventSources(CoalescingSignal changes) {
        this.changes = changes;
    }

    /** Creates the event sources; the framework calls this at every start. */
    List<EventSource<?, IamServiceAccount>> eventSources(EventSourceContext<IamServiceAccount> context) {
        IndexerResourceCache<IamServiceAccount> primaries = context.getPrimaryCache();
        primaries.addIndexers(Map.of(BY_TEMPLATE, EntitlementEventSources::usedTemplates));
        resources = Optional.of(primaries);
        var ofEntitlements = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(IamEntitlement.class, IamServiceAccount.class)
                        .withName("iamentitlements")
                        .withWatchAllNamespaces()
                        .withSecondaryToPrimaryMapper(entitlement -> allAfterSignal())
                        .withPrimaryToSecondaryMapper(EntitlementEventSources::noIndex)
                        .withOnUpdateFilter(this::hasChangedAfterSignal)
                        .build(),
                context);
        var ofTemplates = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(IamPolicyTemplate.class, IamServiceAccount.class)
                        .withName("iampolicytemplates")
                        .withWatchAllNamespaces()
                        .withInformerListLimit(ServiceAccountEventSources.PAGE)
                        .withSecondaryToPrimaryMapper(this::usersAfterSignal)
                        .withPrimaryToSecondaryMapper(EntitlementEventSources::noIndex)
                        .withOnUpdateFilter(this::hasChangedAfterSignal)
                        .build(),
                context);
        var ofNamespaces = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Namespace.class, IamServiceAccount.class)
                        .withName("namespaces")
                        .withWatchAllNamespaces()
                        .withItemStore(SlimStore.ofNamespaces())
                        .withInformerListLimit(ServiceAccountEventSources.PAGE)
                        .withSecondaryToPrimaryMapper(this::resourcesAfterSignal)
                        .withPrimaryToSecondaryMapper(EntitlementEventSources::noIndex)
                        .withOnUpdateFilter((now, before) -> !labels(now).equals(labels(before)))
                        .build(),
                context);
        entitlements = Optional.of(ofEntitlements);
        templates = Optional.of(ofTemplates);
        namespaces = Optional.of(ofNamespaces);
        return List.of(ofEntitlements, ofTemplates, ofNamespaces);
    }

    /** Returns whether the UID or the spec changed. Ignores the status, which the operator writes, and the other metadata. */
    static boolean hasChanged(HasMetadata now, HasMetadata before) {
        return !Objects.equals(now.getMetadata().getUid(), before.getMetadata().getUid())
                || !Objects.equals(
                        now.getMetadata().getGeneration(), before.getMetadata().getGeneration());
    }

    /**
     * Signals even a change of the status alone: the watch may show a status so late that another was written meanwhile, or a user may
     * have changed it.
     */
    private boolean hasChangedAfterSignal(HasMetadata now, HasMetadata before) {
        changes.signal();
        return hasChanged(now, before);
    }

    /** Replaces the framework's index from resources to these objects, which needs memory and which nothing reads. */
    private static Set<ResourceID> noIndex(HasMetadata resource) {
        return Set.of();
    }

    /** Signals the change and returns all resources, because any of them may be affected. */
    private Set<ResourceID> allAfterSignal() {
        changes.signal();
        return resources.map(cache -> cache.keys().collect(Collectors.toSet())).orElse(Set.of());
    }

    private Set<ResourceID> usersAfterSignal(IamPolicyTemplate template) {
        changes.signal();
        return ids(resources
                .map(cache -> cache.byIndex(BY_TEMPLATE, template.getMetadata().getName()))
                .orElse(List.of()));
    }

    /** An entitlement also reports on namespaces that it selects together with others. */
    private Set<ResourceID> resourcesAfterSignal(Namespace namespace) {
        changes.signal();
        return ids(resources(namespace.getMetadata().getName()));
    }

    private static List<String> usedTemplates(IamServiceAccount resource) {
        return resource.getSpec().policies().templates().stream()
                .map(TemplateUse::name)
                .distinct()
                .toList();
    }

    static Set<ResourceID> ids(List<IamServiceAccount> resources) {
        return resources.stream().map(ResourceID::fromResource).collect(Collectors.toSet());
    }

    @Override
    public List<IamEntitlement> entitlements() {
        return entitlements.map(informer -> informer.list(any -> true).toList()).orElse(List.of());
    }

    @Override
    public List<IamPolicyTemplate> policyTemplates() {
        return templates.map(informer -> informer.list(any -> true).toList()).orElse(List.of());
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

    /** Returns every resource that is not being deleted. */
    Stream<IamServiceAccount> resources() {
        return resources
                .map(cache -> cache.list(resource -> !resource.isMarkedForDeletion()))
                .orElse(Stream.of());
    }

    /** Returns every namespace, by name. */
    List<RequestingNamespace> namespaces() {
        return namespaces
                .map(informer -> informer.list(any -> true)
                        .map(namespace ->
                                new RequestingNamespace(namespace.getMetadata().getName(), labels(namespace)))
                        .sorted(Comparator.comparing(RequestingNamespace::namespace))
                        .toList())
                .orElse(List.of());
    }

    private static Map<String, String> labels(HasMetadata object) {
        return Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.of());
    }
}
