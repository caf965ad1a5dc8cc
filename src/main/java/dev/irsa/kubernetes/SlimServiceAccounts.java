package dev.irsa.kubernetes;

import dev.irsa.desired.DesiredServiceAccount;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Keeps of every ServiceAccount only what we look at. A cluster has thousands that are none of our business, and
 * they must be watched all the same: one that was there before us carries no label of ours.
 */
public final class SlimServiceAccounts extends BasicItemStore<ServiceAccount> {
    /** An empty store. */
    public SlimServiceAccounts() {
        super(Cache::metaNamespaceKeyFunc);
    }

    @Override
    public ServiceAccount put(String key, ServiceAccount account) {
        return super.put(key, slim(account));
    }

    /** What is kept is a part of each object. The client then does not defer telling of those that its first list has. */
    @Override
    public boolean isFullState() {
        return false;
    }

    static ServiceAccount slim(ServiceAccount account) {
        ObjectMeta metadata = account.getMetadata();
        TreeMap<String, String> annotations =
                new TreeMap<>(Objects.requireNonNullElse(metadata.getAnnotations(), Map.of()));
        annotations.keySet().retainAll(DesiredServiceAccount.ANNOTATIONS);
        List<ManagedFieldsEntry> ours = metadata.getManagedFields().stream()
                .filter(entry -> FieldManager.NAME.equals(entry.getManager()))
                .toList();
        return new ServiceAccountBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withNamespace(metadata.getNamespace())
                        .withName(metadata.getName())
                        .withUid(metadata.getUid())
                        .withResourceVersion(metadata.getResourceVersion())
                        .withOwnerReferences(metadata.getOwnerReferences())
                        .withAnnotations(annotations)
                        .withManagedFields(ours)
                        .build())
                .build();
    }
}
