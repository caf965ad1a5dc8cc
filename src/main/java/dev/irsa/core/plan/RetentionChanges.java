package dev.irsa.core.plan;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.plan.RoleChange.AttachRolePolicy;
import dev.irsa.core.plan.RoleChange.DeleteRolePolicy;
import dev.irsa.core.plan.RoleChange.DetachRolePolicy;
import dev.irsa.core.plan.RoleChange.PutRolePermissionsBoundary;
import dev.irsa.core.plan.RoleChange.PutRolePolicy;
import dev.irsa.core.plan.RoleChange.TagRole;
import dev.irsa.core.plan.RoleChange.UntagRole;
import dev.irsa.core.plan.RoleChange.UpdateAssumeRolePolicy;
import dev.irsa.core.plan.RoleChange.UpdateRole;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Plans what is taken from a role before it outlives its resource, so that it is not more than was allowed to. */
public final class RetentionChanges {
    private RetentionChanges() {}

    /**
     * Returns the changes, in order, after which the role has nothing that it should not have, and admits only the ServiceAccounts
     * that it should. Of the policies that it is missing, only required ones are added. Policies that cut off a role stay. Another entitlement may
     * have allowed what the role has. Therefore all of that is removed before anything is set.
     */
    public static List<RoleChange> of(DesiredRole desired, RoleState current) {
        return RolePlanner.update(desired, current, false).changes().stream()
                .flatMap(
                        change -> change instanceof RoleChange role ? restricting(role, desired, current) : Stream.of())
                .toList();
    }

    private static Stream<RoleChange> restricting(RoleChange change, DesiredRole desired, RoleState current) {
        boolean restricts = switch (change) {
            case DetachRolePolicy _, PutRolePermissionsBoundary _, UpdateAssumeRolePolicy _ -> true;
            case DeleteRolePolicy delete -> !delete.onlyDenies();
            case AttachRolePolicy attach -> desired.required().current().contains(attach.policyArn());
            case PutRolePolicy put -> current.policies().inline().containsKey(put.policyName());
            case UpdateRole update ->
                update.maxSessionSeconds() < current.role().maxSessionSeconds();
            case TagRole tags -> tags.grantsUserTags(desired);
            case UntagRole tags -> !withoutOffer(tags).isEmpty();
            default -> false;
        };
        return restricts
                ? Stream.of(
                        change instanceof UntagRole tags ? new UntagRole(tags.roleName(), withoutOffer(tags)) : change)
                : Stream.of();
    }

    /** A process that ended between the two calls of a release has offered the role already. */
    private static Set<String> withoutOffer(UntagRole tags) {
        TreeSet<String> keys = new TreeSet<>(tags.keys());
        keys.removeIf(OwnershipTags.ADOPTABLE_BY::equalsIgnoreCase);
        return keys;
    }
}
