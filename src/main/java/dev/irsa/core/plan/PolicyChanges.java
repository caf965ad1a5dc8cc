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
 * What has to change in the policies of a role.
 *
 * @param gives what it lacks, or has with another document
 * @param takes what it should not have
 * @param replaced takes away what has another document, so that for a moment there is neither
 */
record PolicyChanges(List<RoleChange> gives, List<RoleChange> takes, List<RoleChange> replaced) {
    static PolicyChanges of(DesiredRole desired, ObservedPolicies policies) {
        String role = desired.name();
        List<RoleChange> gives = new ArrayList<>();
        List<RoleChange> takes = new ArrayList<>();
        List<RoleChange> replaced = new ArrayList<>();
        for (String arn : desired.managed()) {
            if (!policies.attached().contains(arn)) {
                gives.add(new AttachRolePolicy(role, arn));
            }
        }
        desired.inline().forEach((name, document) -> {
            if (!document.fingerprint().equals(policies.inline().get(name))) {
                gives.add(new PutRolePolicy(role, name, document));
                if (policies.inline().containsKey(name)) {
                    replaced.add(new DeleteRolePolicy(role, name));
                }
            }
        });
        Set<String> left = Planner.leftInPlace(desired, policies);
        for (String arn : policies.attached()) {
            if (!desired.managed().contains(arn) && !left.contains(arn)) {
                takes.add(new DetachRolePolicy(role, arn));
            }
        }
        for (String name : policies.inline().keySet()) {
            if (!desired.inline().containsKey(name) && !left.contains(name)) {
                takes.add(new DeleteRolePolicy(role, name));
            }
        }
        return new PolicyChanges(List.copyOf(gives), List.copyOf(takes), List.copyOf(replaced));
    }
}
