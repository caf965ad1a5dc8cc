package dev.irsa.kubernetes;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps of every resource what the reconcile reads: without managedFields, labels and what kubectl annotated, which are
 * half of it. For one informer: those that share a store remove what the others have put there.
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

    /** What is kept is a part of each object. The client then does not defer telling of those that its first list has. */
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
        IamServiceAccount kept = new IamServiceAccount();
        kept.setMetadata(slim);
        kept.setSpec(resource.getSpec());
        kept.setStatus(resource.getStatus());
        return kept;
    }
}
