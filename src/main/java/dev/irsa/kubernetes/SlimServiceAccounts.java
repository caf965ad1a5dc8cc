package dev.irsa.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps of every ServiceAccount only what we look at. A cluster has thousands that are none of our business, and
 * they must be watched all the same: one that was there before us carries no label of ours. Of those it is known that
 * they exist, in some 200 bytes each; what the client sees is made of that when it asks.
 */
public final class SlimServiceAccounts implements ItemStore<ServiceAccount> {
    private final ConcurrentHashMap<String, Kept> kept = new ConcurrentHashMap<>();
    private final OwnedAnnotations shared = new OwnedAnnotations();

    private sealed interface Kept {
        ServiceAccount of(String key);
    }

    /** One that carries nothing of ours; the key is its namespace and name. */
    private record Bystander(UUID uid, long version) implements Kept {
        /** Empty when it cannot be written down as briefly and read back as it was. */
        static Optional<Kept> of(String key, ObjectMeta metadata) {
            if (!metadata.getAnnotations().isEmpty()
                    || !metadata.getManagedFields().isEmpty()
                    || !metadata.getOwnerReferences().isEmpty()
                    || metadata.getUid() == null
                    || metadata.getResourceVersion() == null) {
                return Optional.empty();
            }
            try {
                Bystander brief = new Bystander(
                        UUID.fromString(metadata.getUid()), Long.parseLong(metadata.getResourceVersion()));
                ObjectMeta readBack = brief.of(key).getMetadata();
                return readBack.equals(metadata) ? Optional.of(brief) : Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        @Override
        public ServiceAccount of(String key) {
            int slash = key.indexOf('/');
            ObjectMeta metadata = SlimMetadata.empty();
            metadata.setNamespace(key.substring(0, Math.max(0, slash)));
            metadata.setName(key.substring(slash + 1));
            metadata.setUid(uid.toString());
            metadata.setResourceVersion(Long.toString(version));
            return SlimMetadata.account(metadata);
        }
    }

    /** One that we, or somebody in our words, have written to. */
    private record Ours(ServiceAccount account) implements Kept {
        @Override
        public ServiceAccount of(String key) {
            return account;
        }
    }

    @Override
    public String getKey(ServiceAccount account) {
        return Cache.metaNamespaceKeyFunc(account);
    }

    @Override
    public @Nullable ServiceAccount put(String key, ServiceAccount account) {
        ServiceAccount slim = slim(account, shared);
        Kept now = Bystander.of(key, slim.getMetadata()).orElseGet(() -> new Ours(slim));
        return shown(key, kept.put(key, now));
    }

    @Override
    public @Nullable ServiceAccount get(String key) {
        return shown(key, kept.get(key));
    }

    @Override
    public @Nullable ServiceAccount remove(String key) {
        return shown(key, kept.remove(key));
    }

    @Override
    public Stream<String> keySet() {
        return kept.keySet().stream();
    }

    @Override
    public Stream<ServiceAccount> values() {
        return kept.entrySet().stream().map(entry -> entry.getValue().of(entry.getKey()));
    }

    @Override
    public int size() {
        return kept.size();
    }

    /** What is kept is a part of each object. The client then does not defer telling of those that its first list has. */
    @Override
    public boolean isFullState() {
        return false;
    }

    private static @Nullable ServiceAccount shown(String key, @Nullable Kept kept) {
        return kept == null ? null : kept.of(key);
    }

    public static ServiceAccount slim(ServiceAccount account, OwnedAnnotations shared) {
        ObjectMeta metadata = account.getMetadata();
        ObjectMeta slim = SlimMetadata.identity(metadata);
        slim.setOwnerReferences(List.copyOf(metadata.getOwnerReferences()));
        slim.setAnnotations(SlimMetadata.ourAnnotations(metadata));
        slim.setManagedFields(shared.ours(metadata.getManagedFields()));
        return SlimMetadata.account(slim);
    }
}
