package dev.irsa.reconcile.authorization;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.core.entitlement.EntitlementDecision;
import dev.irsa.port.ResourceRef;
import dev.irsa.reconcile.PreviousStatus;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Which resource has what it asks for by which entitlement. One is judged at a time, as two that are judged at once
 * would both take the last place in their namespace.
 */
final class RoleQuotaAllocator {
    /**
     * Who comes first of those that have no place yet. One that is held may have a role of which a crash kept its
     * status from telling. No more than that: its user can write a finalizer as well as we.
     */
    private static final Comparator<IamServiceAccount> BY_TURN = Comparator.comparingInt(
                    (IamServiceAccount resource) -> resource.hasFinalizer(IamServiceAccount.FINALIZER) ? 0 : 1)
            .thenComparing(resource -> resource.getMetadata().getCreationTimestamp())
            .thenComparing(resource -> resource.getMetadata().getName());

    /** Less than any number of places: the resource has its own. */
    private static final int SEATED = -1;

    private final Runnable changed;
    private final Consumer<ResourceRef> wake;
    private final Map<String, Entry> byUid = new HashMap<>();

    /**
     * One resource.
     *
     * @param by the entitlement that allows it; empty: it was denied
     * @param waitsFor the entitlements that would allow it if fewer came before it
     */
    private record Entry(ResourceRef resource, Optional<String> by, Set<String> waitsFor) {}

    /**
     * @param changed is told of every change, with the ledger locked
     * @param wake has a resource judged again that may have a place now
     */
    RoleQuotaAllocator(Runnable changed, Consumer<ResourceRef> wake) {
        this.changed = changed;
        this.wake = wake;
    }

    /**
     * Judges a resource and keeps the judgement.
     *
     * @param namespace all resources of its namespace; asked only when it matters how many there are
     * @param judge is given how many come before it where an entitlement, by its name, counts; negative when it has a
     *     place already
     */
    EntitlementDecision judge(
            IamServiceAccount resource,
            Supplier<List<IamServiceAccount>> namespace,
            Function<ToIntFunction<String>, EntitlementDecision> judge) {
        EntitlementDecision judgement;
        List<ResourceRef> next;
        synchronized (this) {
            Set<String> counted = new TreeSet<>();
            judgement = judge.apply(entitlement -> {
                counted.add(entitlement);
                return before(resource, namespace, entitlement);
            });
            next = enter(
                    judgement instanceof EntitlementDecision.Allowed allowed
                            ? new Entry(PreviousStatus.ref(resource), Optional.of(allowed.by()), Set.of())
                            : new Entry(PreviousStatus.ref(resource), Optional.empty(), counted));
        }
        next.forEach(wake);
        return judgement;
    }

    /** A resource that asks for what nobody could allow. */
    void deny(ResourceRef resource) {
        List<ResourceRef> next;
        synchronized (this) {
            next = enter(new Entry(resource, Optional.empty(), Set.of()));
        }
        next.forEach(wake);
    }

    /** Answers those that may have a place now: before it was denied, this resource stood before them. */
    private List<ResourceRef> enter(Entry entry) {
        if (entry.equals(byUid.put(entry.resource().uid(), entry))) {
            return List.of();
        }
        changed.run();
        return entry.by().isPresent()
                ? List.of()
                : byUid.values().stream()
                        .filter(other -> isIn(entry.resource().namespace(), other))
                        .filter(other -> !entry.waitsFor().containsAll(other.waitsFor()))
                        .map(Entry::resource)
                        .toList();
    }

    private int before(IamServiceAccount resource, Supplier<List<IamServiceAccount>> namespace, String entitlement) {
        return has(resource)
                ? SEATED
                : (int) namespace.get().stream()
                        .filter(other -> isBefore(other, resource, entitlement))
                        .count();
    }

    /** What has a role keeps its place. The others have their turns, unless they ask for something else. */
    private boolean isBefore(IamServiceAccount other, IamServiceAccount resource, String entitlement) {
        String uid = other.getMetadata().getUid();
        if (uid.equals(resource.getMetadata().getUid())) {
            return false;
        }
        Entry entry = byUid.get(uid);
        boolean waits = entry == null || entry.waitsFor().contains(entitlement);
        return has(other) || (waits && !other.isMarkedForDeletion() && BY_TURN.compare(other, resource) < 0);
    }

    private boolean has(IamServiceAccount resource) {
        Entry entry = byUid.get(resource.getMetadata().getUid());
        return PreviousStatus.knownArn(resource).isPresent()
                || (entry != null && entry.by().isPresent());
    }

    /** The resource has gone. */
    void forget(String uid) {
        List<ResourceRef> next;
        synchronized (this) {
            // Of one that was not judged since the start the namespace is not known: then all are asked.
            Optional<Entry> gone = Optional.ofNullable(byUid.remove(uid));
            gone.ifPresent(entry -> changed.run());
            next = byUid.values().stream()
                    .filter(entry -> !entry.waitsFor().isEmpty())
                    .filter(entry ->
                            gone.isEmpty() || isIn(gone.get().resource().namespace(), entry))
                    .map(Entry::resource)
                    .toList();
        }
        next.forEach(wake);
    }

    private static boolean isIn(String namespace, Entry entry) {
        return entry.resource().namespace().equals(namespace);
    }

    /** Whether each of these has been judged. */
    synchronized boolean hasAll(Collection<String> uids) {
        return byUid.keySet().containsAll(uids);
    }

    /** How many resources each entitlement serves. */
    synchronized Map<String, Integer> served() {
        Map<String, Integer> served = new TreeMap<>();
        byUid.values().forEach(entry -> entry.by().ifPresent(by -> served.merge(by, 1, Integer::sum)));
        return served;
    }
}
