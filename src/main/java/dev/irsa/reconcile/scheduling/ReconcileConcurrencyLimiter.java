package dev.irsa.reconcile.scheduling;

import dev.irsa.port.ResourceRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Limits how many resources call AWS at the same time. The others wait without a thread and are requeued when a permit is
 * free. The lanes take turns, and in each lane the namespaces, so that no resource starves behind thousands of others. Resources
 * that only a sweep found come last.
 */
public final class ReconcileConcurrencyLimiter {
    /** Why a resource needs AWS. */
    public enum Lane {
        /** It is being deleted. */
        DELETION,
        /** Its role was never created. */
        NEW,
        /** Its spec has changed, or the last attempt failed. */
        CHANGED,
        /** Its spec has not changed, but the role has drifted or must be read again. */
        SWEEP
    }

    private static final List<Lane> TURNS = List.of(
            Lane.DELETION,
            Lane.NEW,
            Lane.CHANGED,
            Lane.DELETION,
            Lane.NEW,
            Lane.CHANGED,
            Lane.DELETION,
            Lane.NEW,
            Lane.CHANGED,
            Lane.SWEEP);

    /** How long a permit is reserved. A requeued resource may have been deleted, or its event may be lost. */
    private static final Duration RESERVATION = Duration.ofSeconds(30);

    private final int permits;
    private final Consumer<ResourceRef> requeue;
    private final InstantSource clock;
    private final Set<String> active = new HashSet<>();
    private final Set<String> queued = new HashSet<>();
    private final Map<String, Instant> reserved = new HashMap<>();
    private final Map<Lane, FairQueue> waiting = new EnumMap<>(Lane.class);
    private int turn;

    /**
     * Creates a limiter with this many permits.
     *
     * @param requeue requeues a waiting resource that may enter now
     */
    public ReconcileConcurrencyLimiter(int permits, Consumer<ResourceRef> requeue, InstantSource clock) {
        this.permits = permits;
        this.requeue = requeue;
        this.clock = clock;
    }

    /** Acquires a permit and returns true, or queues the resource and returns false; it is requeued when it may enter. */
    public synchronized boolean enter(ResourceRef resource, Lane lane) {
        String uid = resource.uid();
        boolean hadReservation = reserved.remove(uid) != null;
        dropExpiredReservations();
        if (!active.contains(uid) && !hadReservation && active.size() + reserved.size() >= permits) {
            waiting.forEach((other, queue) -> {
                if (other != lane) {
                    queue.remove(resource);
                }
            });
            queue(lane).add(resource);
            queued.add(uid);
            return false;
        }
        waiting.values().forEach(queue -> queue.remove(resource));
        active.add(uid);
        return true;
    }

    /**
     * Ends a reconcile of the resource. Unless {@link #enter} queued it, the resource gives up its permit, its reservation and
     * its place in the queue. A reconcile that did not ask for a permit found nothing to do.
     */
    public void leave(ResourceRef resource) {
        String uid = resource.uid();
        List<ResourceRef> next;
        synchronized (this) {
            if (queued.remove(uid)) {
                return;
            }
            waiting.values().forEach(queue -> queue.remove(resource));
            active.remove(uid);
            reserved.remove(uid);
            next = next();
        }
        next.forEach(requeue);
    }

    /** Removes a resource that no longer exists. */
    public void forget(ResourceRef resource) {
        synchronized (this) {
            queued.remove(resource.uid());
        }
        leave(resource);
    }

    private FairQueue queue(Lane lane) {
        return waiting.computeIfAbsent(lane, _ -> new FairQueue());
    }

    private synchronized List<ResourceRef> next() {
        dropExpiredReservations();
        List<ResourceRef> next = new ArrayList<>();
        while (active.size() + reserved.size() < permits
                && waiting.values().stream().anyMatch(queue -> !queue.isEmpty())) {
            Optional<ResourceRef> first = queue(TURNS.get(turn)).poll();
            turn = (turn + 1) % TURNS.size();
            first.ifPresent(resource -> {
                reserved.put(resource.uid(), clock.instant());
                next.add(resource);
            });
        }
        return next;
    }

    private synchronized void dropExpiredReservations() {
        Instant latest = clock.instant().minus(RESERVATION);
        reserved.values().removeIf(since -> since.isBefore(latest));
    }
}
