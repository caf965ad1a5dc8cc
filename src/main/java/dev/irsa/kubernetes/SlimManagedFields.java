package dev.irsa.kubernetes;

import dev.irsa.core.desired.DesiredServiceAccount;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reduces managedFields to the operator's annotations that its field manager owns. Only a few combinations occur, so
 * thousands of ServiceAccounts share the same entries.
 */
public final class SlimManagedFields {
    private final ConcurrentHashMap<List<Ownership>, List<ManagedFieldsEntry>> entries = new ConcurrentHashMap<>();

    /**
     * @param operation Apply or Update
     * @param annotations the operator's keys that the entry owns
     */
    private record Ownership(String operation, Set<String> annotations) {}

    List<ManagedFieldsEntry> ours(List<ManagedFieldsEntry> managedFields) {
        List<Ownership> ownerships = managedFields.stream()
                .filter(entry -> FieldManager.NAME.equals(entry.getManager()))
                .map(entry -> new Ownership(String.valueOf(entry.getOperation()), owned(entry)))
                .toList();
        return entries.computeIfAbsent(
                ownerships, few -> few.stream().map(SlimManagedFields::entry).toList());
    }

    private static Set<String> owned(ManagedFieldsEntry entry) {
        Set<String> owned = new TreeSet<>(DesiredServiceAccount.ANNOTATIONS);
        owned.removeIf(annotation -> !ServiceAccountView.owns(entry, annotation));
        return owned;
    }

    private static ManagedFieldsEntry entry(Ownership ownership) {
        Map<String, Object> annotations = new TreeMap<>();
        ownership.annotations().forEach(annotation -> annotations.put("f:" + annotation, Map.of()));
        FieldsV1 fields = new FieldsV1();
        fields.setAdditionalProperties(Map.of("f:metadata", Map.of("f:annotations", annotations)));
        ManagedFieldsEntry entry = new ManagedFieldsEntry();
        entry.setManager(FieldManager.NAME);
        entry.setOperation(ownership.operation());
        entry.setFieldsV1(fields);
        return entry;
    }
}
