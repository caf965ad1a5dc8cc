package dev.irsa.kubernetes;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.delivery.DeliveryPlanner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Stores only what the operator reads of every object. Each informer needs a store of its own: informers that share one
 * remove each other's objects.
 */
public final class SlimStore<T extends HasMetadata> extends BasicItemStore<T> {
    private static final Set<String> READ = Set.of(DeliveryPlanner.PODS_RESTARTED, IamServiceAccount.RECORDED_ROLE);

    private final UnaryOperator<T> slim;

    private SlimStore(UnaryOperator<T> slim) {
        super(Cache::metaNamespaceKeyFunc);
        this.slim = slim;
    }

    /**
     * Returns an empty store of resources. Without managedFields, labels and all annotations but those that the
     * reconcile reads, a resource needs half the memory.
     */
    public static SlimStore<IamServiceAccount> ofResources() {
        return new SlimStore<>(SlimStore::resource);
    }

    /** Returns an empty store of namespaces, which keeps only their labels. */
    public static SlimStore<Namespace> ofNamespaces() {
        return new SlimStore<>(SlimStore::namespace);
    }

    @Override
    public @Nullable T put(String key, T full) {
        return super.put(key, slim.apply(full));
    }

    /**
     * Returns false because only a part of each object is stored. The client then reports the objects of its first list
     * immediately.
     */
    @Override
    public boolean isFullState() {
        return false;
    }

    private static IamServiceAccount resource(IamServiceAccount full) {
        ObjectMeta metadata = full.getMetadata();
        ObjectMeta slim = SlimMetadata.identity(metadata);
        slim.setGeneration(metadata.getGeneration());
        slim.setCreationTimestamp(metadata.getCreationTimestamp());
        slim.setDeletionTimestamp(metadata.getDeletionTimestamp());
        slim.setFinalizers(List.copyOf(metadata.getFinalizers()));
        slim.setAnnotations(annotations(metadata));
        IamServiceAccount kept = new IamServiceAccount();
        kept.setMetadata(slim);
        kept.setSpec(full.getSpec());
        kept.setStatus(full.getStatus());
        return kept;
    }

    private static Map<String, String> annotations(ObjectMeta metadata) {
        Map<String, String> kept = new HashMap<>(Objects.requireNonNullElse(metadata.getAnnotations(), Map.of()));
        kept.keySet().retainAll(READ);
        return Map.copyOf(kept);
    }

    private static Namespace namespace(Namespace full) {
        ObjectMeta metadata = SlimMetadata.identity(full.getMetadata());
        metadata.setLabels(
                Map.copyOf(Objects.requireNonNullElse(full.getMetadata().getLabels(), Map.of())));
        Namespace kept = new Namespace();
        kept.setMetadata(metadata);
        kept.setAdditionalProperties(Map.of());
        return kept;
    }
}
