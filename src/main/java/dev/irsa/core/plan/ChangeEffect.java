package dev.irsa.core.plan;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.ownership.TagKeys;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.policy.PolicyFingerprint;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Computes the state of a role after a change that IAM accepted, so that it need not be read back. */
public final class ChangeEffect {
    private ChangeEffect() {}

    /** Returns the role that {@code CreateRole} created with this id. */
    public static RoleState created(DesiredRole role, String id) {
        return new RoleState(
                new ObservedRole(
                        role.name(),
                        role.identity().path(),
                        role.identity().arn(),
                        id,
                        role.description(),
                        role.maxSessionSeconds(),
                        role.boundary(),
                        role.tags(),
                        role.trust().fingerprint(),
                        Optional.empty()),
                ObservedPolicies.NONE);
    }

    /** Returns the state after a change to an existing role; empty if the change deletes it. */
    public static Optional<RoleState> of(RoleChange change, RoleState before) {
        ObservedRole role = before.role();
        TreeMap<String, String> tags = new TreeMap<>(TagKeys.ORDER);
        tags.putAll(role.tags());
        TreeSet<String> attached = new TreeSet<>(before.policies().attached());
        TreeMap<String, PolicyFingerprint> inline =
                new TreeMap<>(before.policies().inline());
        String description = role.description();
        int session = role.maxSessionSeconds();
        Optional<String> boundary = role.boundary();
        PolicyFingerprint trust = role.trust();
        Optional<PolicyDocument> offeredTrust = role.offeredTrust();
        switch (change) {
            case RoleChange.CreateRole(DesiredRole desired) -> {
                return Optional.of(created(desired, role.id()));
            }
            case RoleChange.DeleteRole(var name) -> {
                return Optional.empty();
            }
            case RoleChange.PutRolePermissionsBoundary(var name, String arn) -> boundary = Optional.of(arn);
            case RoleChange.UpdateAssumeRolePolicy(var name, PolicyDocument document, var replaced) -> {
                trust = document.fingerprint();
                offeredTrust = offeredTrust.map(_ -> document);
            }
            case RoleChange.UpdateRole(var name, String text, int seconds) -> {
                description = text;
                session = seconds;
            }
            case RoleChange.TagRole(var name, var set) -> {
                set.keySet().forEach(tags::remove);
                tags.putAll(set);
            }
            case RoleChange.UntagRole(var name, var keys) -> {
                keys.forEach(tags::remove);
                offeredTrust = keys.stream().anyMatch(OwnershipTags.ADOPTABLE_BY::equalsIgnoreCase)
                        ? Optional.empty()
                        : offeredTrust;
            }
            case RoleChange.AttachRolePolicy(var name, String arn) -> attached.add(arn);
            case RoleChange.PutRolePolicy(var name, String policy, PolicyDocument document) ->
                inline.put(policy, document.fingerprint());
            case RoleChange.DetachRolePolicy(var name, String arn) -> attached.remove(arn);
            case RoleChange.DeleteRolePolicy(var name, String policy, var _) -> inline.remove(policy);
        }
        return Optional.of(new RoleState(
                new ObservedRole(
                        role.name(),
                        role.path(),
                        role.arn(),
                        role.id(),
                        description,
                        session,
                        boundary,
                        tags,
                        trust,
                        offeredTrust),
                new ObservedPolicies(attached, inline)));
    }
}
