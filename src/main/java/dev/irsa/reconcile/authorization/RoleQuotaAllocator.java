package dev.irsa.reconcile.authorization;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.core.entitlement.EntitlementDecision;
import dev.irsa.core.entitlement.EntitlementResults;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.port.EntitlementSource;
import dev.irsa.port.ResourceRef;
import dev.irsa.reconcile.status.PreviousStatus;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

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

    /** The end of a sweep requeues the resource earlier. */
    private static final Duration WITHOUT_SWEEP = Duration.ofMinutes(5);

    private final EntitlementSource source;
    private final ExistingRoles existing;
    private final Runnable changed;
    private final Consumer<ResourceRef> requeue;
    private final Map<String, Allocation> byUid = new HashMap<>();
    private final Set<String> refuted = new HashSet<>();

    /**
     * The decision on one resource.
     *
     * @param by the entitlement that allows it; empty if it was denied
     * @param waitsFor the entitlements that would allow it if fewer resources preceded it
     * @param counts whether it takes up one of the allowed roles; a role of others does not
     * @param claimed whether it was allowed beyond a quota because of the role in its status alone
     */
    private record Allocation(
            ResourceRef resource, Optional<String> by, Set<String> waitsFor, boolean counts, boolean claimed) {
        static Allocation denied(ResourceRef resource, Set<String> waitsFor) {
            return new Allocation(resource, Optional.empty(), waitsFor, true, false);
        }
    }

    /**
     * Creates an allocator.
     *
     * @param existing the roles that are proven to exist
     * @param changed runs after every change, while the allocator is locked
     * @param requeue requeues a resource for which there may be room now
     */
    RoleQuotaAllocator(
            EntitlementSource source, ExistingRoles existing, Runnable changed, Consumer<ResourceRef> requeue) {
        this.source = source;
        this.existing = existing;
        this.changed = changed;
        this.requeue = requeue;
    }

    /**
     * Decides on a resource and records the decision.
     *
     * @param roleName returns the name of the role of a resource
     * @throws FailureException if the resource waits for the first sweep
     */
    EntitlementDecision decide(
            IamServiceAccount resource, EntitlementResults evaluation, Function<IamServiceAccount, String> roleName) {
        EntitlementDecision decision;
        boolean waits;
        List<ResourceRef> next;
        synchronized (this) {
            Set<String> limited = counts(resource) ? evaluation.limitedByQuota() : Set.of();
            boolean holds = limited.isEmpty() || isGranted(resource) || isProven(resource, roleName);
            boolean claimed = !holds && claimsRole(resource);
            Map<String, Integer> preceding =
                    holds || claimed ? Map.of() : preceding(resource, limited, roleName);
            decision = evaluation.decide(preceding);
            waits = !existing.areComplete() && !decision.equals(evaluation.decide(withOneMore(preceding)));
            next = record(
                    decision instanceof EntitlementDecision.Allowed allowed && !waits
                            ? new Allocation(
                                    ResourceRef.of(resource),
                                    Optional.of(allowed.by()),
                                    Set.of(),
                                    counts(resource),
                                    claimed)
                            : Allocation.denied(ResourceRef.of(resource), evaluation.limitedByQuota()));
        }
        next.forEach(requeue);
        if (waits) {
            throw new FailureException(new Failure.Waiting(
                    Reason.Reconciling,
                    "namespace " + resource.getMetadata().getNamespace()
                            + " has at most one place left (maxRolesPerNamespace), which a retained role may hold; waiting"
                            + " until the operator has listed the roles of the account; if this persists, check that it has"
                            + " the permission iam:GetAccountAuthorizationDetails",
                    WITHOUT_SWEEP));
        }
        return decision;
    }

    /** Before the first sweep, a role that was retained earlier may hold the last place. */
    private static Map<String, Integer> withOneMore(Map<String, Integer> preceding) {
        Map<String, Integer> more = new TreeMap<>(preceding);
        more.replaceAll((entitlement, count) -> count + 1);
        return more;
    }

    /** Records that a resource asks for what no entitlement could allow. */
    void deny(ResourceRef resource) {
        List<ResourceRef> next;
        synchronized (this) {
            next = record(Allocation.denied(resource, Set.of()));
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
     * Returns how many roles of the namespace precede this resource under each of these entitlements: those of other resources, and
     * those whose resource no longer exists.
     */
    private Map<String, Integer> preceding(
            IamServiceAccount resource, Set<String> entitlements, Function<IamServiceAccount, String> roleName) {
        String namespace = resource.getMetadata().getNamespace();
        List<IamServiceAccount> others = source.resources(namespace);
        Map<String, Integer> preceding = new TreeMap<>();
        for (String entitlement : entitlements) {
            // A role counts once, whether its resource exists or was deleted.
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
        Allocation allocation = byUid.get(uid);
        boolean waits = allocation == null || allocation.waitsFor().contains(entitlement);
        boolean mayHaveRole = claimsRole(other) && (existing.areAssumed() || !existing.areComplete());
        return mayHaveRole
                || (allocation != null && allocation.counts() && allocation.by().isPresent())
                || (waits && !other.isMarkedForDeletion() && BY_TURN.compare(other, resource) < 0);
    }

    /** A resource that was allowed keeps its place, because it may have got its role meanwhile. */
    private boolean isGranted(IamServiceAccount resource) {
        Allocation allocation = byUid.get(resource.getMetadata().getUid());
        return allocation != null
                && allocation.counts()
                && allocation.by().isPresent()
                && !allocation.claimed();
    }

    /** Returns whether the role exists and is the resource's, or is offered to it. It takes the place that its role has. */
    private boolean isProven(IamServiceAccount resource, Function<IamServiceAccount, String> roleName) {
        return resource.getMetadata()
                .getName()
                .equals(existing.of(resource.getMetadata().getNamespace()).get(roleName.apply(resource)));
    }

    /**
     * Returns whether the status names a role. Whoever can write a status can forge it, so this grants no place: it lasts until a
     * reconcile finds that the role would have to be created.
     */
    private boolean claimsRole(IamServiceAccount resource) {
        return PreviousStatus.of(resource).roleArn().isPresent()
                && !refuted.contains(resource.getMetadata().getUid());
    }

    /**
     * Records that the role in the status of a resource does not exist.
     *
     * @return whether the place of the resource depended on it
     */
    boolean refuteRole(String uid) {
        List<ResourceRef> next = List.of();
        synchronized (this) {
            Allocation allocation = byUid.get(uid);
            if (allocation == null || !allocation.claimed() || existing.areAssumed()) {
                return false;
            }
            refuted.add(uid);
            next = record(Allocation.denied(allocation.resource(), Set.of()));
        }
        next.forEach(requeue);
        return true;
    }

    /** Requeues the resources that wait for room in these namespaces, or in all. */
    void requeueWaiting(Optional<Set<String>> namespaces) {
        List<ResourceRef> next;
        synchronized (this) {
            next = byUid.values().stream()
                    .filter(allocation -> !allocation.waitsFor().isEmpty())
                    .map(Allocation::resource)
                    .filter(resource ->
                            namespaces.map(freed -> freed.contains(resource.namespace())).orElse(true))
                    .toList();
        }
        next.forEach(requeue);
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
            refuted.remove(uid);
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
