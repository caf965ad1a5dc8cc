package dev.irsa.core.plan;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.plan.RoleChange.AttachRolePolicy;
import dev.irsa.core.plan.RoleChange.DeleteRolePolicy;
import dev.irsa.core.plan.RoleChange.DetachRolePolicy;
import dev.irsa.core.plan.RoleChange.PutRolePolicy;
import dev.irsa.core.policy.PolicyFingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * The changes to the policies of a role.
 *
 * @param added those that are missing, or have another document
 * @param removed those that it should not have
 * @param replaced removes those that have another document and may grant something, so that for a moment there is neither version
 * @param blocking the policies on the role that are neither replaced nor removed, although the spec names them with another
 *     document
 */
record PolicyChanges(
        List<RoleChange> added, List<RoleChange> removed, List<RoleChange> replaced, List<String> blocking) {
    private static final PolicyChanges NONE = new PolicyChanges(List.of(), List.of(), List.of(), List.of());

    PolicyChanges {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        replaced = List.copyOf(replaced);
        blocking = List.copyOf(blocking);
    }

    static PolicyChanges of(DesiredRole desired, ObservedPolicies policies) {
        if (desired.templates().freeze().isPresent()) {
            // Which policies the role is to have is not known.
            return NONE;
        }
        String role = desired.name();
        List<RoleChange> added = new ArrayList<>();
        List<RoleChange> replaced = new ArrayList<>();
        List<String> blocking = new ArrayList<>();
        for (String arn : desired.managed()) {
            if (!policies.attached().contains(arn)) {
                added.add(new AttachRolePolicy(role, arn));
            }
        }
        SortedSet<String> foreign = DenyPolicies.foreign(desired, policies);
        desired.inline().forEach((name, document) -> {
            if (document.fingerprint().equals(policies.inline().get(name))) {
                return;
            }
            if (foreign.contains(name)) {
                blocking.addAll(sameName(foreign, name));
                return;
            }
            added.add(new PutRolePolicy(role, name, document));
            if (mayGrant(policies, name)) {
                replaced.add(new DeleteRolePolicy(role, name));
            }
        });
        List<RoleChange> removed = new ArrayList<>();
        Set<String> left = DenyPolicies.retained(desired, policies);
        for (String arn : policies.attached()) {
            if (!desired.managed().contains(arn) && !left.contains(arn)) {
                removed.add(new DetachRolePolicy(role, arn));
            }
        }
        for (String name : policies.inline().keySet()) {
            if (!desired.inline().containsKey(name) && !left.contains(name)) {
                removed.add(new DeleteRolePolicy(role, name, !mayGrant(policies, name)));
            }
        }
        return new PolicyChanges(added, removed, replaced, blocking);
    }

    private static boolean mayGrant(ObservedPolicies policies, String name) {
        PolicyFingerprint document = policies.inline().get(name);
        return document != null && !document.onlyDenies();
    }

    private static List<String> sameName(SortedSet<String> names, String name) {
        return names.stream().filter(name::equalsIgnoreCase).toList();
    }

    /** Returns the names of the inline policies that these changes write or remove, or that block them. */
    List<String> affectedInline() {
        List<String> affected = new ArrayList<>(blocking);
        Stream.of(added, removed).flatMap(List::stream).forEach(change -> {
            switch (change) {
                case PutRolePolicy put -> affected.add(put.policyName());
                case DeleteRolePolicy delete -> affected.add(delete.policyName());
                default -> {}
            }
        });
        return affected;
    }
}
