package dev.irsa.reconcile.authorization;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.entitlement.EntitlementDecision;
import dev.irsa.core.entitlement.EntitlementResults;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.port.EntitlementSource;
import dev.irsa.port.ResourceRef;
import dev.irsa.port.SweepSnapshot;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Allocates the roles that an entitlement allows in each namespace ({@code limits.rolesPerNamespace}). It decides for one resource
 * at a time, because two that are decided at once would both take the last role.
 */
final class RoleQuotaAllocator {
    /** The end of a sweep requeues the resource earlier. */
    private static final Duration WITHOUT_SWEEP = Duration.ofMinutes(5);

    private final ExistingRoles existing;
    private final Runnable changed;
    private final Consumer<ResourceRef> requeue;
    private final Map<String, RoleAllocation> byUid = new HashMap<>();
    private final Set<String> refuted = new HashSet<>();
    private final PrecedingRoles preceding;

    /**
     * Creates an allocator.
     *
     * @param existing the roles that are proven to exist
     * @param changed runs after every change, while the allocator is locked
     * @param requeue requeues a resource for which there may be room now
     */
    RoleQuotaAllocator(
            EntitlementSource source, ExistingRoles existing, Runnable changed, Consumer<ResourceRef> requeue) {
        this.existing = existing;
        this.preceding = new PrecedingRoles(source, existing, byUid, refuted);
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
            Optional<String> role =
                    Optional.of(resource).filter(PrecedingRoles::counts).map(roleName);
            Map<String, Integer> limited = role.isPresent() ? evaluation.limitedByQuota() : Map.of();
            boolean holds = limited.isEmpty() || preceding.holdsPlace(resource, roleName);
            boolean claimed = !holds && preceding.claimsRole(resource);
            Map<String, Integer> before = holds || claimed ? Map.of() : preceding.count(resource, limited, roleName);
            decision = evaluation.decide(before);
            waits = !existing.areComplete() && !decision.equals(evaluation.decide(withOneMore(before)));
            next = record(
                    decision instanceof EntitlementDecision.Allowed allowed && !waits
                            ? new RoleAllocation(
                                    ResourceRef.of(resource), role, Optional.of(allowed.by()), Map.of(), claimed)
                            : RoleAllocation.notAllowed(ResourceRef.of(resource), role, limited));
        }
        next.forEach(requeue);
        if (waits) {
            throw new FailureException(new Failure.Waiting(
                    Reason.Reconciling,
                    "namespace " + resource.getMetadata().getNamespace()
                            + " has at most one place left (limits.rolesPerNamespace), which a retained role may hold; waiting"
                            + " until the operator has listed the roles of the account; if this persists, check that it has"
                            + " the permission iam:GetAccountAuthorizationDetails",
                    WITHOUT_SWEEP));
        }
        return decision;
    }

    /** Before the first sweep, a role that was retained earlier may hold the last place. */
    private static Map<String, Integer> withOneMore(Map<String, Integer> before) {
        Map<String, Integer> more = new TreeMap<>(before);
        more.replaceAll((entitlement, count) -> count + 1);
        return more;
    }

    /** Records that a resource asks for what no entitlement could allow. */
    void deny(ResourceRef resource) {
        List<ResourceRef> next;
        synchronized (this) {
            next = record(RoleAllocation.denied(resource));
        }
        next.forEach(requeue);
    }

    /** Returns the resources that may have room now if this one no longer precedes them. */
    private List<ResourceRef> record(RoleAllocation allocation) {
        Optional<RoleAllocation> before =
                Optional.ofNullable(byUid.put(allocation.resource().uid(), allocation));
        if (before.filter(allocation::equals).isPresent()) {
            return List.of();
        }
        changed.run();
        boolean frees = allocation.by().isEmpty()
                && (before.filter(RoleAllocation::holdsPlace).isPresent() || mayHavePreceded(allocation));
        return frees ? preceding.withRoom(allocation.resource().namespace()) : List.of();
    }

    /** Returns whether another resource waits for an entitlement for which this one does not wait. */
    private boolean mayHavePreceded(RoleAllocation allocation) {
        return byUid.values().stream()
                .filter(other -> other.waitsIn(allocation.resource().namespace()))
                .anyMatch(other -> !allocation
                        .waitsFor()
                        .keySet()
                        .containsAll(other.waitsFor().keySet()));
    }

    /**
     * Records that the role in the status of a resource does not exist.
     *
     * @return whether the place of the resource depended on it
     */
    boolean refuteRole(String uid) {
        List<ResourceRef> next = List.of();
        synchronized (this) {
            RoleAllocation allocation = byUid.get(uid);
            if (allocation == null || !allocation.claimed() || existing.areAssumed()) {
                return false;
            }
            refuted.add(uid);
            next = record(RoleAllocation.denied(allocation.resource()));
        }
        next.forEach(requeue);
        return true;
    }

    /**
     * Records what a complete sweep observed, and requeues the waiting resources for which there is room. Their order may have changed
     * since a place became free, because users can write finalizers too. The first sweep requeues all that wait.
     */
    void observed(SweepSnapshot snapshot) {
        boolean first = existing.observed(snapshot);
        List<ResourceRef> next;
        synchronized (this) {
            Stream<ResourceRef> waiting = byUid.values().stream()
                    .filter(allocation -> !allocation.waitsFor().isEmpty())
                    .map(RoleAllocation::resource);
            next = first
                    ? waiting.toList()
                    : waiting.map(ResourceRef::namespace)
                            .distinct()
                            .flatMap(namespace -> preceding.withRoom(namespace).stream())
                            .toList();
        }
        next.forEach(requeue);
    }

    /** Forgets a resource that no longer exists, and requeues those for which there is room now. */
    void forget(ResourceRef resource) {
        List<ResourceRef> next;
        synchronized (this) {
            refuted.remove(resource.uid());
            if (byUid.remove(resource.uid()) != null) {
                changed.run();
            }
            // A resource that was not decided on since the start may have preceded others, too.
            next = preceding.withRoom(resource.namespace());
        }
        next.forEach(requeue);
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
