package dev.irsa.kubectl.imports;

import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.RoleChange.CreateRole;
import dev.irsa.core.plan.RoleChange.TagRole;
import dev.irsa.core.plan.RoleChange.UntagRole;
import dev.irsa.core.plan.ServiceAccountChange.AnnotateServiceAccount;
import dev.irsa.kubectl.plan.PlannedResource;
import dev.irsa.kubectl.rolespec.RoleImport.Refused;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** What the adoption of a role changes. */
public enum ImportEffect {
    /** Only tags that say whose the role is. */
    OWNERSHIP_ONLY,
    /** More than that. */
    CHANGES,
    /** The operator creates a role, because there is none yet. */
    CREATION,
    /** The operator would not adopt it until a user has acted. */
    BLOCKED,
    /** There is no resource for the role. */
    REFUSED;

    /** Returns the effect on the role of one ServiceAccount. */
    public static ImportEffect of(ImportedAccount account) {
        if (account.result() instanceof Refused || account.plan().isEmpty()) {
            return REFUSED;
        }
        PlannedResource plan = account.plan().get();
        if (plan.isBlocked() || plan.changes().isEmpty()) {
            return BLOCKED;
        }
        if (plan.changes().stream().anyMatch(CreateRole.class::isInstance)) {
            return CREATION;
        }
        return others(account).isEmpty() ? OWNERSHIP_ONLY : CHANGES;
    }

    /** Returns the changes beyond ownership. */
    static List<Change> others(ImportedAccount account) {
        SortedMap<String, String> annotations = account.candidate().annotations();
        return account.plan().map(PlannedResource::changes).orElse(List.of()).stream()
                .filter(change -> switch (change) {
                    case TagRole(var _, var tags) -> !areOwnership(tags.keySet());
                    case UntagRole(var _, var keys) -> !areOwnership(keys);
                    // The operator becomes an owner of the field, and its value stays the same.
                    case AnnotateServiceAccount annotate ->
                        !annotate.obsolete().isEmpty()
                                || !annotations
                                        .entrySet()
                                        .containsAll(annotate.annotations().entrySet());
                    default -> true;
                })
                .toList();
    }

    private static boolean areOwnership(Collection<String> keys) {
        return keys.stream().allMatch(key -> key.toLowerCase(Locale.ROOT).startsWith(OwnershipTags.PREFIX));
    }
}
