package dev.irsa.core.plan;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.ownership.Owner;
import dev.irsa.core.ownership.UserTags;
import dev.irsa.core.plan.RoleChange.TagRole;
import dev.irsa.core.plan.RoleChange.UntagRole;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What has to change in the tags of a role. What goes comes first: until then the memory of which tags are ours must stay
 * as it is.
 *
 * @param takes those that left the spec
 * @param gives those that it lacks, or has with another value
 */
record TagChanges(Optional<UntagRole> takes, Optional<TagRole> gives) {
    /** @param afresh whether one of the user's that gets another value is first taken away */
    static TagChanges of(DesiredRole desired, ObservedRole role, boolean afresh) {
        TreeMap<String, String> wanted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        wanted.putAll(desired.tags());
        TreeMap<String, String> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        found.putAll(role.tags());
        SortedMap<String, String> set = new TreeMap<>(desired.tags());
        set.entrySet().removeIf(tag -> tag.getValue().equals(found.get(tag.getKey())));

        TreeSet<String> obsolete = new TreeSet<>(UserTags.remembered(role.tags()));
        if (found.containsKey(UserTags.KEY)) {
            obsolete.add(UserTags.KEY);
        }
        obsolete.removeIf(wanted::containsKey);
        if (afresh) {
            role.tags().keySet().stream()
                    .filter(key -> set.keySet().stream().anyMatch(key::equalsIgnoreCase) && UserTags.isUsers(key))
                    .forEach(obsolete::add);
        }
        // A role that is ours is on offer no more.
        role.tags().keySet().stream()
                .filter(Owner.ADOPTABLE_BY::equalsIgnoreCase)
                .forEach(obsolete::add);
        return new TagChanges(
                obsolete.isEmpty() ? Optional.empty() : Optional.of(new UntagRole(desired.name(), obsolete)),
                set.isEmpty() ? Optional.empty() : Optional.of(new TagRole(desired.name(), set)));
    }

    /** Whether the user gets a tag: sessions carry it as {@code aws:PrincipalTag}. */
    boolean empowers() {
        return gives.filter(TagRole::empowers).isPresent();
    }
}
