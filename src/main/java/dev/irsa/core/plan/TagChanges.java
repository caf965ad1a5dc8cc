package dev.irsa.core.plan;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.ownership.TagKeys;
import dev.irsa.core.ownership.UserTags;
import dev.irsa.core.plan.RoleChange.TagRole;
import dev.irsa.core.plan.RoleChange.UntagRole;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The changes to the tags of a role. Tags are removed first, because the record of which tags are ours must be valid until
 * then.
 *
 * @param removed those that are no longer in the spec
 * @param set those that are missing or have another value
 */
record TagChanges(Optional<UntagRole> removed, Optional<TagRole> set) {
    /**
     * Returns the changes to the tags of this role.
     *
     * @param removeFirst whether a user tag that changes its value is removed first
     */
    static TagChanges of(DesiredRole desired, ObservedRole role, boolean removeFirst) {
        TreeMap<String, String> wanted = new TreeMap<>(TagKeys.ORDER);
        wanted.putAll(desired.tags());
        TreeMap<String, String> found = new TreeMap<>(TagKeys.ORDER);
        found.putAll(role.tags());
        SortedMap<String, String> missing = new TreeMap<>(wanted);
        missing.entrySet().removeIf(tag -> tag.getValue().equals(found.get(tag.getKey())));

        TreeSet<String> obsolete = new TreeSet<>(UserTags.recorded(role.tags()));
        if (found.containsKey(UserTags.KEY)) {
            obsolete.add(UserTags.KEY);
        }
        obsolete.removeIf(wanted::containsKey);
        if (removeFirst) {
            role.tags().keySet().stream()
                    .filter(key -> missing.containsKey(key) && desired.isUserTag(key))
                    .forEach(obsolete::add);
        }
        // A role that is ours is no longer offered.
        role.tags().keySet().stream()
                .filter(OwnershipTags.ADOPTABLE_BY::equalsIgnoreCase)
                .forEach(obsolete::add);
        return new TagChanges(
                obsolete.isEmpty() ? Optional.empty() : Optional.of(new UntagRole(desired.name(), obsolete)),
                missing.isEmpty() ? Optional.empty() : Optional.of(new TagRole(desired.name(), missing)));
    }

    /** Returns whether user tags of this role are added. Sessions carry them as {@code aws:PrincipalTag}. */
    boolean grantsUserTags(DesiredRole desired) {
        return set.filter(tags -> tags.grantsUserTags(desired)).isPresent();
    }
}
