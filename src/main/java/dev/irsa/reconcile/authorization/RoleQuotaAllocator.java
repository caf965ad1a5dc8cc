package dev.irsa.reconcile.authorization;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.core.entitlement.EntitlementDecision;
import dev.irsa.core.entitlement.EntitlementResults;
import dev.irsa.port.EntitlementSource;
import dev.irsa.port.ResourceRef;
import dev.irsa.reconcile.status.PreviousStatus;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Allocates the roles that an entitlement allows in each namespace ({@code maxRolesPerNamespace}). It decides for one resource
 * at a time, because two that are decided at once would both take the last role.
 */
final class RoleQuotaAllocator {
    /**
     * The order of the resources that have no role yet. One with a finalizer may have a role that a crash kept out of its status.
     * The finalizer counts for no more than that, because users can write it too.
     */
    private static final Comparator<IamServiceAccount> BY_TURN = Comparator.comparingInt(
                    (IamServiceAccount resource) -> resource.hasFinalizer(IamServiceAccount.FINALIZER) ? 0 : 1)
            .thenComparing(resource -> resource.getMetadata().getCreationTimestamp())
            .thenComparing(resource -> resource.getMetadata().getName());

    private final EntitlementSource source;
    private final Runnable changed;
    private final Consumer<ResourceRef> requeue;
    private final Map<String, Allocation> byUid = new HashMap<>();

    /**
     * The decision on one resource.
     *
     * @param by the entitlement that allows it; empty if it was denied
     * @param waitsFor the entitlements that would allow it if fewer resources preceded it
     * @param counts whether it takes up one of the allowed roles; a role of others does not
     */
    private record Allocation(ResourceRef resource, Optional<String> by, Set<String> waitsFor, boolean counts) {}

    /**
     * Creates an allocator.
     *
     * @param changed runs after every change, while the allocator is locked
     * @param requeue requeues a resource for which there may be room now
     */
    RoleQuotaAllocator(EntitlementSource source, Runnable changed, Consumer<ResourceRef> requeue) {
        this.source = source;
        this.changed = changed;
        this.requeue = requeue;
    }

    /** Decides on a resource and records the decision. */
    EntitlementDecision decide(IamServiceAccount resource, EntitlementResults evaluation) {
        EntitlementDecision decision;
        List<ResourceRef> next;
        synchronized (this) {
            decision = evaluation.decide(preceding(resource, evaluation.limitedByQuota()));
            next = record(
                    decision instanceof EntitlementDecision.Allowed allowed
                            ? new Allocation(
                                    ResourceRef.of(resource), Optional.of(allowed.by()), Set.of(), counts(resource))
                            : new Allocation(
                                    ResourceRef.of(resource), Optional.empty(), evaluation.limitedByQuota(), true));
        }
        next.forEach(requeue);
        return decision;
    }

    /** Records that a resource asks for what no entitlement could allow. */
    void deny(ResourceRef resource) {
        List<ResourceRef> next;
        synchronized (this) {
            next = record(new Allocation(resource, Optional.empty(), Set.of(), true));
        }
        next.forEach(requeue);
    }

    /** Returns the resources that may have room now because this one no longer precedes them. */
    private List<ResourceRef> record(Allocation allocation) {
        if (allocation.equals(byUid.put(allocation.resource().uid(), allocation))) {
            return List.of();
        }
        changed.run();
        return allocation.by().isPresent()
                ? List.of()
                : byUid.values().stream()
                        .filter(other -> isIn(allocation.resource().namespace(), other))
                        .filter(other -> !allocation.waitsFor().containsAll(other.waitsFor()))
                        .map(Allocation::resource)
                        .toList();
    }

    /**
     * Returns how many roles of the namespace precede this resource under each of these entitlements. A resource that has a role
     * keeps it, whatever the number.
     */
    private Map<String, Integer> preceding(IamServiceAccount resource, Set<String> entitlements) {
        if (entitlements.isEmpty() || !counts(resource) || hasRole(resource)) {
            return Map.of();
        }
        List<IamServiceAccount> others = source.resources(resource.getMetadata().getNamespace());
        Map<String, Integer> preceding = new TreeMap<>();
        for (String entitlement : entitlements) {
            preceding.put(entitlement, (int) others.stream()
                    .filter(other -> precedes(other, resource, entitlement))
                    .count());
        }
        return preceding;
    }

    private boolean precedes(IamServiceAccount other, IamServiceAccount resource, String entitlement) {
        String uid = other.getMetadata().getUid();
        if (uid.equals(resource.getMetadata().getUid()) || !counts(other)) {
            return false;
        }
        Allocation allocation = byUid.get(uid);
        boolean waits = allocation == null || allocation.waitsFor().contains(entitlement);
        return hasRole(other) || (waits && !other.isMarkedForDeletion() && BY_TURN.compare(other, resource) < 0);
    }

    private boolean hasRole(IamServiceAccount resource) {
        Allocation allocation = byUid.get(resource.getMetadata().getUid());
        return PreviousStatus.of(resource).roleArn().isPresent()
                || (allocation != null && allocation.counts() && allocation.by().isPresent());
    }

    /** A role that others manage is none of the roles that the operator creates for the namespace. */
    private static boolean counts(IamServiceAccount resource) {
        return resource.getSpec().role().external() == null;
    }

    /** Forgets a resource that no longer exists, and requeues those for which there may be room now. */
    void forget(String uid) {
        List<ResourceRef> next;
        synchronized (this) {
            // The namespace of a resource that was not decided on since the start is unknown: then all are requeued.
            Optional<Allocation> forgotten = Optional.ofNullable(byUid.remove(uid));
            forgotten.ifPresent(allocation -> changed.run());
            next = byUid.values().stream()
                    .filter(allocation -> !allocation.waitsFor().isEmpty())
                    .filter(allocation -> forgotten.isEmpty()
                            || isIn(forgotten.get().resource().namespace(), allocation))
                    .map(Allocation::resource)
                    .toList();
        }
        next.forEach(requeue);
    }

    private static boolean isIn(String namespace, Allocation allocation) {
        return allocation.resource().namespace().equals(namespace);
    }

    /** Returns whether each of these resources has been decided on. */
    synchronized boolean hasAll(Collection<String> uids) {
        return byUid.keySet().containsAll(uids);
    }

    /** Returns how many resources each entitlement allows. */
    synchronized Map<String, Integer> served() {
        Map<String, Integer> served = new TreeMap<>();
        byUid.values().forEach(allocation -> allocation.by().ifPresent(by -> served.merge(by, 1, Integer::sum)));
        return served;
    }
}
