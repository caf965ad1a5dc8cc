package dev.irsa.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Who owns which fields of one object, and since when.
 *
 * @param entries by owner
 */
record ManagedFields(Map<FieldOwner, Entry> entries) {

    /** What one owner has, and when that was last written. */
    record Entry(FieldSet fields, String time) {}

    private static final Comparator<Map.Entry<FieldOwner, Entry>> ORDER =
            Comparator.<Map.Entry<FieldOwner, Entry>, String>comparing(
                            entry -> entry.getKey().operation())
                    .thenComparing(entry -> entry.getValue().time())
                    .thenComparing(entry -> entry.getKey().manager())
                    .thenComparing(entry -> entry.getKey().subresource());

    ManagedFields {
        entries = Map.copyOf(entries);
    }

    static ManagedFields of(JsonNode object) {
        Map<FieldOwner, Entry> entries = new HashMap<>();
        object.path("metadata")
                .path("managedFields")
                .forEach(entry -> entries.put(
                        FieldOwner.of(entry),
                        new Entry(
                                FieldSet.ofFieldsV1(entry.path("fieldsV1")),
                                entry.path("time").asText())));
        return new ManagedFields(entries);
    }

    FieldSet of(FieldOwner owner) {
        Entry entry = entries.get(owner);
        return entry == null ? FieldSet.none() : entry.fields();
    }

    FieldSet ofOthersThan(FieldOwner owner) {
        return entries.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(owner))
                .map(entry -> entry.getValue().fields())
                .reduce(FieldSet.none(), FieldSet::plus);
    }

    /** Which of these fields others own. */
    List<FieldConflict> conflicts(FieldOwner owner, FieldSet changed) {
        List<FieldConflict> conflicts = new ArrayList<>();
        entries.forEach((other, entry) -> {
            if (!other.equals(owner)) {
                entry.fields().and(changed).paths().stream()
                        .map(path -> new FieldConflict(other, path.display()))
                        .forEach(conflicts::add);
            }
        });
        conflicts.sort(Comparator.<FieldConflict, String>comparing(
                        conflict -> conflict.owner().manager())
                .thenComparing(FieldConflict::field));
        return conflicts;
    }

    /** Takes from all others what changed or went. */
    ManagedFields taken(FieldOwner owner, FieldSet changed, FieldSet removed) {
        return mapOthers(owner, fields -> fields.minus(changed).minus(removed));
    }

    private ManagedFields mapOthers(FieldOwner owner, UnaryOperator<FieldSet> map) {
        Map<FieldOwner, Entry> mapped = new HashMap<>(entries);
        mapped.replaceAll(
                (other, entry) -> other.equals(owner) ? entry : new Entry(map.apply(entry.fields()), entry.time()));
        return new ManagedFields(mapped);
    }

    ManagedFields with(FieldOwner owner, FieldSet fields, String time) {
        Map<FieldOwner, Entry> more = new HashMap<>(entries);
        more.put(owner, new Entry(fields, time));
        return new ManagedFields(more);
    }

    /** Who owns what, without since when. */
    private Map<FieldOwner, FieldSet> sets() {
        Map<FieldOwner, FieldSet> sets = new HashMap<>();
        entries.forEach((owner, entry) -> sets.put(owner, entry.fields()));
        sets.values().removeIf(FieldSet::isEmpty);
        return sets;
    }

    boolean sameOwnersAs(ManagedFields other) {
        return sets().equals(other.sets());
    }

    /** Owners of nothing are left out. */
    void writeTo(ObjectNode object) {
        ObjectNode metadata = ServerMetadata.of(object);
        metadata.remove("managedFields");
        entries.entrySet().stream()
                .filter(entry -> !entry.getValue().fields().isEmpty())
                .sorted(ORDER)
                .forEach(entry -> write(
                        entry.getKey(),
                        entry.getValue(),
                        metadata.withArrayProperty("managedFields").addObject()));
    }

    private static void write(FieldOwner owner, Entry entry, ObjectNode into) {
        into.put("manager", owner.manager());
        into.put("operation", owner.operation());
        into.put("apiVersion", owner.apiVersion());
        into.put("time", entry.time());
        into.put("fieldsType", "FieldsV1");
        into.set("fieldsV1", entry.fields().toFieldsV1());
        if (!owner.subresource().isEmpty()) {
            into.put("subresource", owner.subresource());
        }
    }
}
