package dev.irsa.kubernetes;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stores only the labels of every namespace. */
public final class SlimNamespaces extends BasicItemStore<Namespace> {
    /** An empty store. */
    public SlimNamespaces() {
        super(Cache::metaNamespaceKeyFunc);
    }

    @Override
    public @Nullable Namespace put(String key, Namespace namespace) {
        ObjectMeta metadata = SlimMetadata.identity(namespace.getMetadata());
        metadata.setLabels(
                Map.copyOf(Objects.requireNonNullElse(namespace.getMetadata().getLabels(), Map.of())));
        Namespace slim = new Namespace();
        slim.setMetadata(metadata);
        slim.setAdditionalProperties(Map.of());
        return super.put(key, slim);
    }

    /** Returns false because only a part of each object is stored. */
    @Override
    public boolean isFullState() {
        return false;
    }
}
