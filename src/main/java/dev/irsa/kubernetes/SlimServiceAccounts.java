package dev.irsa.kubernetes;

import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stores only what the operator reads of every ServiceAccount. A cluster has thousands that no resource names. They
 * must be watched nevertheless, because a ServiceAccount created by a user has no label to select it by. Each of these
 * needs about 200 bytes, from which an object is created on every read.
 */
public final class SlimServiceAccounts implements ItemStore<ServiceAccount> {
    /**
     * The entries for the operator's annotations that each operation (Apply or Update) owns. There are only a few combinations, so
     * thousands of ServiceAccounts share the same entries.
     */
    private static final ConcurrentHashMap<Map<String, Set<String>>, List<ManagedFieldsEntry>> MANAGED_FIELDS =
            new ConcurrentHashMap<>();

    private final ConcurrentHashMap<String, Stored> stored = new ConcurrentHashMap<>();

    private sealed interface Stored {
        ServiceAccount of(String key);
    }

    /** A ServiceAccount without anything of the operator; the key has its namespace and name. */
    private record Unrelated(UUID uid, long version) implements Stored {
        /** Returns empty when the compact form would lose information. */
        static Optional<Stored> of(String key, ObjectMeta metadata) {
            if (!metadata.getAnnotations().isEmpty()
                    || !metadata.getManagedFields().isEmpty()
                    || !metadata.getOwnerReferences().isEmpty()
                    || metadata.getUid() == null
                    || metadata.getResourceVersion() == null) {
                return Optional.empty();
            }
            try {
                Unrelated compact = new Unrelated(
                        UUID.fromString(metadata.getUid()), Long.parseLong(metadata.getResourceVersion()));
                ObjectMeta readBack = compact.of(key).getMetadata();
                return readBack.equals(metadata) ? Optional.of(compact) : Optional.empty();
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

    /** A ServiceAccount with annotations or owner references of the operator, whichever client set them. */
    private record Related(ServiceAccount account) implements Stored {
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
        ServiceAccount slim = slim(account);
        Stored now = Unrelated.of(key, slim.getMetadata()).orElseGet(() -> new Related(slim));
        return expanded(key, stored.put(key, now));
    }

    @Override
    public @Nullable ServiceAccount get(String key) {
        return expanded(key, stored.get(key));
    }

    @Override
    public @Nullable ServiceAccount remove(String key) {
        return expanded(key, stored.remove(key));
    }

    @Override
    public Stream<String> keySet() {
        return stored.keySet().stream();
    }

    @Override
    public Stream<ServiceAccount> values() {
        return stored.entrySet().stream().map(entry -> entry.getValue().of(entry.getKey()));
    }

    @Override
    public int size() {
        return stored.size();
    }

    /**
     * Returns false because only a part of each object is stored. The client then reports the objects of its first list
     * immediately.
     */
    @Override
    public boolean isFullState() {
        return false;
    }

    private static @Nullable ServiceAccount expanded(String key, @Nullable Stored stored) {
        return stored == null ? null : stored.of(key);
    }

    /** Returns a copy with only what the operator reads. */
    public static ServiceAccount slim(ServiceAccount account) {
        ObjectMeta metadata = account.getMetadata();
        ObjectMeta slim = SlimMetadata.identity(metadata);
        slim.setOwnerReferences(
                metadata.getOwnerReferences().stream().map(SlimMetadata::owner).toList());
        slim.setAnnotations(ServiceAccountView.annotations(metadata).entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        annotation -> annotation.getKey().intern(), Map.Entry::getValue)));
        slim.setManagedFields(ours(metadata.getManagedFields()));
        return SlimMetadata.account(slim);
    }

    /**
     * Reduces managedFields to the operator's annotations that its field manager owns, with one entry for each operation. A user can
     * write any number of entries.
     */
    private static List<ManagedFieldsEntry> ours(List<ManagedFieldsEntry> all) {
        Map<String, Set<String>> owned = new TreeMap<>();
        all.stream()
                .filter(entry -> FieldManager.NAME.equals(entry.getManager()))
                .forEach(entry -> owned.computeIfAbsent(String.valueOf(entry.getOperation()), _ -> new TreeSet<>())
                        .addAll(ServiceAccountView.owned(entry)));
        return MANAGED_FIELDS.computeIfAbsent(
                owned,
                few -> few.entrySet().stream()
                        .map(operation -> entry(operation.getKey(), operation.getValue()))
                        .toList());
    }

    private static ManagedFieldsEntry entry(String operation, Set<String> owned) {
        Map<String, Object> annotations = new TreeMap<>();
        owned.forEach(annotation -> annotations.put("f:" + annotation, Map.of()));
        FieldsV1 fields = new FieldsV1();
        fields.setAdditionalProperties(Map.of("f:metadata", Map.of("f:annotations", annotations)));
        ManagedFieldsEntry entry = new ManagedFieldsEntry();
        entry.setManager(FieldManager.NAME);
        entry.setOperation(operation);
        entry.setFieldsV1(fields);
        return entry;
    }
}
