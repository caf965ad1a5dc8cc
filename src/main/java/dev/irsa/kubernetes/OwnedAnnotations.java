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
 * Which of our annotations our field manager owns, and nothing else of managedFields. There are few possibilities, so
 * thousands of ServiceAccounts share the same few entries.
 */
public final class OwnedAnnotations {
    private final ConcurrentHashMap<List<Possession>, List<ManagedFieldsEntry>> entries = new ConcurrentHashMap<>();

    /**
     * @param operation Apply or Update
     * @param annotations those of our keys that are owned
     */
    private record Possession(String operation, Set<String> annotations) {}

    List<ManagedFieldsEntry> ours(List<ManagedFieldsEntry> managedFields) {
        List<Possession> possessions = managedFields.stream()
                .filter(entry -> FieldManager.NAME.equals(entry.getManager()))
                .map(entry -> new Possession(String.valueOf(entry.getOperation()), owned(entry)))
                .toList();
        return entries.computeIfAbsent(
                possessions, few -> few.stream().map(OwnedAnnotations::entry).toList());
    }

    private static Set<String> owned(ManagedFieldsEntry entry) {
        Set<String> owned = new TreeSet<>(DesiredServiceAccount.ANNOTATIONS);
        owned.removeIf(annotation -> !ServiceAccountView.owns(entry, annotation));
        return owned;
    }

    private static ManagedFieldsEntry entry(Possession possession) {
        Map<String, Object> annotations = new TreeMap<>();
        possession.annotations().forEach(annotation -> annotations.put("f:" + annotation, Map.of()));
        FieldsV1 fields = new FieldsV1();
        fields.setAdditionalProperties(Map.of("f:metadata", Map.of("f:annotations", annotations)));
        ManagedFieldsEntry entry = new ManagedFieldsEntry();
        entry.setManager(FieldManager.NAME);
        entry.setOperation(possession.operation());
        entry.setFieldsV1(fields);
        return entry;
    }
}
