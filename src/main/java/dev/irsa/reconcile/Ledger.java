package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.entitlement.Judgement;
import dev.irsa.port.ResourceRef;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Which resource has what it asks for by which entitlement. One is judged at a time, as two that are judged at once
 * would both take the last place in their namespace.
 */
final class Ledger {
    private static final Comparator<IamServiceAccount> BY_AGE = Comparator.comparing(
                    (IamServiceAccount resource) -> resource.getMetadata().getCreationTimestamp())
            .thenComparing(resource -> resource.getMetadata().getName());

    private final Runnable changed;
    private final Map<String, Entry> byUid = new HashMap<>();

    /**
     * One resource.
     *
     * @param by the entitlement that allows it; empty: it was denied
     * @param counted whether it mattered how many others there are
     */
    private record Entry(ResourceRef resource, Optional<String> by, boolean counted) {}

    /** @param changed is told of every change, with the ledger locked */
    Ledger(Runnable changed) {
        this.changed = changed;
    }

    /**
     * Judges a resource and keeps the judgement.
     *
     * @param namespace all resources of its namespace; asked only when it matters how many there are
     * @param judge is given the number of those that come before it
     */
    synchronized Judgement judge(
            IamServiceAccount resource,
            Supplier<List<IamServiceAccount>> namespace,
            Function<IntSupplier, Judgement> judge) {
        boolean[] counted = {false};
        Judgement judgement = judge.apply(() -> {
            counted[0] = true;
            return has(resource)
                    ? 0
                    : (int) namespace.get().stream()
                            .filter(other -> isBefore(other, resource))
                            .count();
        });
        Optional<String> by =
                judgement instanceof Judgement.Allowed allowed ? Optional.of(allowed.by()) : Optional.empty();
        enter(new Entry(Subject.ref(resource), by, counted[0]));
        return judgement;
    }

    /** A resource that asks for what nobody could allow. */
    synchronized void deny(ResourceRef resource) {
        enter(new Entry(resource, Optional.empty(), false));
    }

    private void enter(Entry entry) {
        if (!entry.equals(byUid.put(entry.resource().uid(), entry))) {
            changed.run();
        }
    }

    /** What has a role keeps its place. Among the others age counts, unless they were denied. */
    private boolean isBefore(IamServiceAccount other, IamServiceAccount resource) {
        String uid = other.getMetadata().getUid();
        if (uid.equals(resource.getMetadata().getUid())) {
            return false;
        }
        return has(other) || (!byUid.containsKey(uid) && BY_AGE.compare(other, resource) < 0);
    }

    private boolean has(IamServiceAccount resource) {
        Entry entry = byUid.get(resource.getMetadata().getUid());
        return resource.hasFinalizer(IamServiceAccount.FINALIZER)
                || (entry != null && entry.by().isPresent());
    }

    /** The resource has gone; answers those that may have its place now. */
    synchronized List<ResourceRef> forget(String uid) {
        Entry gone = byUid.remove(uid);
        if (gone == null) {
            return List.of();
        }
        changed.run();
        return byUid.values().stream()
                .filter(entry -> entry.counted() && entry.by().isEmpty())
                .map(Entry::resource)
                .filter(waiting -> waiting.namespace().equals(gone.resource().namespace()))
                .toList();
    }

    /** How many resources each entitlement serves; empty until all of these have been judged. */
    synchronized Optional<Map<String, Integer>> served(Collection<String> uids) {
        if (!byUid.keySet().containsAll(uids)) {
            return Optional.empty();
        }
        Map<String, Integer> served = new TreeMap<>();
        byUid.values().forEach(entry -> entry.by().ifPresent(by -> served.merge(by, 1, Integer::sum)));
        return Optional.of(served);
    }
}
