package dev.irsa.core.plan;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.plan.RoleChange.AttachRolePolicy;
import dev.irsa.core.plan.RoleChange.DeleteRolePolicy;
import dev.irsa.core.plan.RoleChange.DetachRolePolicy;
import dev.irsa.core.plan.RoleChange.PutRolePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The changes to the policies of a role.
 *
 * @param added those that are missing, or have another document
 * @param removed those that it should not have
 * @param replaced removes those that have another document, so that for a moment there is neither version
 */
record PolicyChanges(List<RoleChange> added, List<RoleChange> removed, List<RoleChange> replaced) {
    static PolicyChanges of(DesiredRole desired, ObservedPolicies policies) {
        String role = desired.name();
        List<RoleChange> added = new ArrayList<>();
        List<RoleChange> removed = new ArrayList<>();
        List<RoleChange> replaced = new ArrayList<>();
        for (String arn : desired.managed()) {
            if (!policies.attached().contains(arn)) {
                added.add(new AttachRolePolicy(role, arn));
            }
        }
        desired.inline().forEach((name, document) -> {
            if (!document.fingerprint().equals(policies.inline().get(name))) {
                added.add(new PutRolePolicy(role, name, document));
                if (policies.inline().containsKey(name)) {
                    replaced.add(new DeleteRolePolicy(role, name));
                }
            }
        });
        Set<String> left = Planner.leftInPlace(desired, policies);
        for (String arn : policies.attached()) {
            if (!desired.managed().contains(arn) && !left.contains(arn)) {
                removed.add(new DetachRolePolicy(role, arn));
            }
        }
        for (String name : policies.inline().keySet()) {
            if (!desired.inline().containsKey(name) && !left.contains(name)) {
                removed.add(new DeleteRolePolicy(role, name));
            }
        }
        return new PolicyChanges(List.copyOf(added), List.copyOf(removed), List.copyOf(replaced));
    }
}
