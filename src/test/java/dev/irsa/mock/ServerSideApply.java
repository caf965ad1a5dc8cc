package dev.irsa.mock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Merges by field owner (Kubernetes documentation: Server-Side Apply). */
final class ServerSideApply {
    private ServerSideApply() {}

    /**
     * What becomes of an object when an owner applies these fields.
     *
     * @param force take fields from others instead of failing with a conflict
     */
    static Written apply(
            ResourcePath at, ObjectNode live, ObjectNode applied, FieldOwner owner, boolean force, String now) {
        ObjectFields before = ObjectFields.of(live);
        ManagedFields owners = ManagedFields.of(live);
        ObjectFields wanted = ObjectFields.of(applied).writableAt(at);

        ObjectNode merged = live.deepCopy();
        wanted.leaves().forEach((path, value) -> FieldEdits.set(merged, path, value));
        FieldSet dropped = owners.of(owner).minus(wanted.leafSet());
        dropped.minus(owners.ofOthersThan(owner))
                .paths()
                .descendingSet()
                .forEach(path -> FieldEdits.remove(merged, path));

        ObjectFields after = ObjectFields.of(merged);
        FieldSet changed = after.changedFrom(before);
        List<FieldConflict> conflicts = owners.conflicts(owner, changed);
        if (!force && !conflicts.isEmpty()) {
            throw ApiError.ownedByOthers(conflicts);
        }
        return new Written(
                merged, owners.taken(owner, changed, after.removedFrom(before)).with(owner, wanted.leafSet(), now));
    }

    /** What becomes of the owners when one has written the object as it now is: who changes a field takes it. */
    static Written update(ResourcePath at, ObjectNode live, ObjectNode next, FieldOwner owner, String now) {
        ObjectFields before = ObjectFields.of(live).writableAt(at);
        ObjectFields after = ObjectFields.of(next).writableAt(at);
        ManagedFields owners = ManagedFields.of(live);
        FieldSet changed = after.changedFrom(before);
        FieldSet removed = after.removedFrom(before);
        FieldSet mine = owners.of(owner).plus(changed).minus(removed);
        return new Written(next, owners.taken(owner, changed, removed).with(owner, mine, now));
    }
}
