package dev.irsa.kubernetes;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.core.delivery.DeliveryPlanner;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stores only what the reconcile reads of every resource. Without managedFields, labels and all annotations but the one that
 * the reconcile reads, a resource needs half the memory. Each informer needs a store of its own: informers that share one remove each other's
 * objects.
 */
public final class SlimResources extends BasicItemStore<IamServiceAccount> {
    /** An empty store. */
    public SlimResources() {
        super(Cache::metaNamespaceKeyFunc);
    }

    @Override
    public @Nullable IamServiceAccount put(String key, IamServiceAccount resource) {
        return super.put(key, slim(resource));
    }

    /**
     * Returns false because only a part of each object is stored. The client then reports the objects of its first list
     * immediately.
     */
    @Override
    public boolean isFullState() {
        return false;
    }

    static IamServiceAccount slim(IamServiceAccount resource) {
        ObjectMeta metadata = resource.getMetadata();
        ObjectMeta slim = SlimMetadata.identity(metadata);
        slim.setGeneration(metadata.getGeneration());
        slim.setCreationTimestamp(metadata.getCreationTimestamp());
        slim.setDeletionTimestamp(metadata.getDeletionTimestamp());
        slim.setFinalizers(List.copyOf(metadata.getFinalizers()));
        slim.setAnnotations(confirmation(metadata));
        IamServiceAccount kept = new IamServiceAccount();
        kept.setMetadata(slim);
        kept.setSpec(resource.getSpec());
        kept.setStatus(resource.getStatus());
        return kept;
    }

    private static Map<String, String> confirmation(ObjectMeta metadata) {
        String generation = metadata.getAnnotations() == null
                ? null
                : metadata.getAnnotations().get(DeliveryPlanner.PODS_RESTARTED);
        return generation == null ? Map.of() : Map.of(DeliveryPlanner.PODS_RESTARTED, generation);
    }
}
