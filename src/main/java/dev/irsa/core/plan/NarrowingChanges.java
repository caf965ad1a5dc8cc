package dev.irsa.core.plan;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.RoleChange.DeleteRolePolicy;
import dev.irsa.core.plan.RoleChange.DetachRolePolicy;
import dev.irsa.core.plan.RoleChange.PutRolePermissionsBoundary;
import dev.irsa.core.plan.RoleChange.UntagRole;
import dev.irsa.core.plan.RoleChange.UpdateAssumeRolePolicy;
import dev.irsa.core.plan.RoleChange.UpdateRole;
import java.util.List;
import java.util.Set;

/**
 * Selects the changes that only take access away. They are made although the role cannot get what an entitlement requires, so that a
 * missing policy does not prevent a revocation.
 */
public final class NarrowingChanges {
    private NarrowingChanges() {}

    /** Returns those of a list of changes to a role in this state, in their order. */
    public static List<Change> of(List<Change> changes, DesiredRole desired, RoleState current) {
        return changes.stream()
                .filter(change -> change instanceof RoleChange role && narrows(role, desired, current))
                .toList();
    }

    private static boolean narrows(RoleChange change, DesiredRole desired, RoleState current) {
        return switch (change) {
            case DetachRolePolicy detach -> !desired.required().earlier().contains(detach.policyArn());
            case DeleteRolePolicy delete ->
                !delete.onlyDenies() && !desired.inline().containsKey(delete.policyName());
            case PutRolePermissionsBoundary _ -> current.role().boundary().isEmpty();
            case UpdateAssumeRolePolicy update -> {
                Set<String> admitted = current.trust().admissions().claims();
                yield admitted.containsAll(
                        update.trust().fingerprint().admissions().claims());
            }
            case UpdateRole update ->
                update.maxSessionSeconds() < current.role().maxSessionSeconds();
            case UntagRole untag -> desired.tags().keySet().stream().noneMatch(untag.keys()::contains);
            default -> false;
        };
    }
}
