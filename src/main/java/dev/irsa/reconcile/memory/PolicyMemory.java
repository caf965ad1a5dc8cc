package dev.irsa.reconcile.memory;

import dev.irsa.api.v1beta1.AppliedTemplate;
import dev.irsa.core.collection.Sorted;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.desired.PolicyProtection;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.DenyPolicies;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.reconcile.status.PreviousStatus;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What this process remembers about the policies of a role, although a status may not show it. Every method returns a new
 * value.
 *
 * @param attemptedDenies the inline policies that only deny and that this process tried to write: the digest by name
 * @param reachedGeneration the last generation of the resource that was Ready; negative if none was
 * @param reachedTemplates the policy templates that the role had then
 * @param reachedRequired the managed policies that an entitlement required then
 * @param required those that an entitlement required whenever this process changed the role
 */
public record PolicyMemory(
        SortedMap<String, String> attemptedDenies,
        long reachedGeneration,
        List<AppliedTemplate> reachedTemplates,
        SortedSet<String> reachedRequired,
        SortedSet<String> required) {
    static final PolicyMemory NONE = new PolicyMemory(new TreeMap<>(), -1, List.of(), new TreeSet<>(), new TreeSet<>());

    public PolicyMemory {
        attemptedDenies = Sorted.copyOf(attemptedDenies);
        reachedTemplates = List.copyOf(reachedTemplates);
        reachedRequired = Sorted.copyOf(reachedRequired);
        required = Sorted.copyOf(required);
    }

    /** Adds a change that is about to be made. It may take effect even if IAM does not respond. */
    public PolicyMemory attempting(RoleChange change) {
        return change instanceof RoleChange.PutRolePolicy put
                        && put.document().fingerprint().onlyDenies()
                ? with(put.policyName(), put.document().fingerprint().digest())
                : this;
    }

    /** Drops the policies that a change replaced or removed, once IAM has accepted it. */
    PolicyMemory accepted(RoleChange change) {
        return switch (change) {
            case RoleChange.PutRolePolicy put
            when !put.document().fingerprint().onlyDenies() -> without(put.policyName());
            case RoleChange.DeleteRolePolicy delete -> without(delete.policyName());
            default -> this;
        };
    }

    /** Adds that the role is about to get what an entitlement requires. */
    public PolicyMemory requiring(SortedSet<String> policies) {
        TreeSet<String> all = new TreeSet<>(required);
        all.addAll(policies);
        return new PolicyMemory(attemptedDenies, reachedGeneration, reachedTemplates, reachedRequired, all);
    }

    /** Returns the managed policies that an entitlement required before, by this memory and that of the status. */
    public SortedSet<String> requiredBefore(PreviousStatus previous) {
        TreeSet<String> all = new TreeSet<>(required);
        all.addAll(previous.requiredPolicies());
        return all;
    }

    /** Adds that the role was as this generation and these templates ask, with these required policies. */
    public PolicyMemory reached(long generation, List<AppliedTemplate> templates, SortedSet<String> requiredNow) {
        return new PolicyMemory(attemptedDenies, generation, templates, requiredNow, requiredNow);
    }

    /** Returns the protection of the role that follows from this memory, and from that of the status. */
    public PolicyProtection protection(ClusterIdentity identity, PreviousStatus previous) {
        return PolicyProtection.of(
                        identity.protectedPolicies(), identity.account().managedPoliciesPerRole())
                .remembering(previous.writtenDenies(), attemptedDenies, false);
    }

    /** Returns the desired state with the protection that follows from this memory, and from that of the status. */
    public Desired.Valid applyTo(Desired.Valid desired, PreviousStatus previous, long generation) {
        DesiredRole role = desired.role();
        boolean reached = generation == reachedGeneration
                && role.templates().applied().equals(reachedTemplates)
                && reachedRequired.containsAll(role.required().current());
        return desired.withRole(
                role.protectedBy(role.protection().remembering(previous.writtenDenies(), attemptedDenies, reached))
                        .requiredBefore(requiredBefore(previous)));
    }

    /**
     * Returns the policies to record in the status: those that only deny and that the operator wrote.
     *
     * @param role the role after the changes; empty if it may be incomplete, and must not erase what the status remembers
     */
    public SortedMap<String, String> writtenDenies(DesiredRole desired, Optional<RoleState> role) {
        PolicyProtection before = desired.protection();
        DesiredRole now =
                desired.protectedBy(before.remembering(before.writtenDenies(), attemptedDenies, before.reached()));
        return role.map(known -> DenyPolicies.written(now, known.policies())).orElse(before.writtenDenies());
    }

    private PolicyMemory with(String name, String digest) {
        TreeMap<String, String> all = new TreeMap<>(attemptedDenies);
        all.put(name, digest);
        return new PolicyMemory(all, reachedGeneration, reachedTemplates, reachedRequired, required);
    }

    private PolicyMemory without(String name) {
        TreeMap<String, String> rest = new TreeMap<>(attemptedDenies);
        rest.remove(name);
        return new PolicyMemory(rest, reachedGeneration, reachedTemplates, reachedRequired, required);
    }
}
