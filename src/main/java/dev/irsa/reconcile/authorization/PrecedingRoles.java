package dev.irsa.reconcile.authorization;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.port.EntitlementSource;
import dev.irsa.reconcile.status.PreviousStatus;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Counts the roles of a namespace that precede that of a resource. What it reads changes, and the allocator guards it.
 *
 * @param byUid the last decision on each resource
 * @param refuted the resources whose statuses name roles that do not exist, by UID
 */
record PrecedingRoles(
        EntitlementSource source, ExistingRoles existing, Map<String, RoleAllocation> byUid, Set<String> refuted) {
    /**
     * The order of the resources that have no role yet. One with a finalizer may have a role that a crash kept out of its status.
     * The finalizer counts for no more than that, because users can write it too.
     */
    private static final Comparator<IamServiceAccount> BY_TURN = Comparator.comparingInt(
                    (IamServiceAccount resource) -> resource.hasFinalizer(IamServiceAccount.FINALIZER) ? 0 : 1)
            .thenComparing(resource -> resource.getMetadata().getCreationTimestamp())
            .thenComparing(resource -> resource.getMetadata().getName());

    /**
     * Returns how many roles of the namespace precede this resource under each of these entitlements: those of other resources, and
     * those whose resource no longer exists. Each role counts once.
     */
    Map<String, Integer> count(
            IamServiceAccount resource, Set<String> entitlements, Function<IamServiceAccount, String> roleName) {
        String namespace = resource.getMetadata().getNamespace();
        List<IamServiceAccount> others = source.resources(namespace);
        Map<String, Integer> preceding = new TreeMap<>();
        for (String entitlement : entitlements) {
            Set<String> roles = new HashSet<>(existing.of(namespace).keySet());
            others.stream()
                    .filter(other -> precedes(other, resource, entitlement))
                    .map(roleName)
                    .forEach(roles::add);
            roles.remove(roleName.apply(resource));
            preceding.put(entitlement, roles.size());
        }
        return preceding;
    }

    private boolean precedes(IamServiceAccount other, IamServiceAccount resource, String entitlement) {
        String uid = other.getMetadata().getUid();
        if (uid.equals(resource.getMetadata().getUid()) || !counts(other)) {
            return false;
        }
        RoleAllocation allocation = byUid.get(uid);
        boolean waits = allocation == null || allocation.waitsFor().contains(entitlement);
        boolean mayHaveRole = claimsRole(other) && (existing.areAssumed() || !existing.areComplete());
        return mayHaveRole
                || (allocation != null && allocation.holdsPlace())
                || (waits && !other.isMarkedForDeletion() && BY_TURN.compare(other, resource) < 0);
    }

    /**
     * Returns whether the resource has a place: it was given one, or its role exists and is the resource's, or is offered to it.
     */
    boolean holdsPlace(IamServiceAccount resource, Function<IamServiceAccount, String> roleName) {
        RoleAllocation allocation = byUid.get(resource.getMetadata().getUid());
        return (allocation != null && allocation.holdsPlace() && !allocation.claimed())
                || resource.getMetadata()
                        .getName()
                        .equals(existing.of(resource.getMetadata().getNamespace())
                                .get(roleName.apply(resource)));
    }

    /**
     * Returns whether the status names a role. A user who can write a status can forge it, so this gives no place: it lasts until a
     * reconcile finds that the role would have to be created.
     */
    boolean claimsRole(IamServiceAccount resource) {
        return PreviousStatus.of(resource).roleArn().isPresent()
                && !refuted.contains(resource.getMetadata().getUid());
    }

    /** A role that others manage is none of the roles that the operator creates for the namespace. */
    static boolean counts(IamServiceAccount resource) {
        return resource.getSpec().externalRole() == null;
    }
}
