package dev.irsa.reconcile.scheduling;

import dev.irsa.port.ResourceRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Lets so many resources at a time have calls made to AWS. The others wait outside without a thread and are called
 * when there is a place: lane after lane in turn, so that none starves behind thousands of another kind, and what only
 * a sweep has found comes last.
 */
public final class ReconcileConcurrencyLimiter {
    /** Why a resource needs AWS. */
    public enum Lane {
        /** It is being deleted. */
        DELETION,
        /** Its role was never made. */
        NEW,
        /** Its spec has changed, or the last try failed. */
        CHANGED,
        /** Its spec is as it was: the role is not, or has to be looked at. */
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

    /** One that was called and does not come has gone, or its event was lost: its place is not kept for ever. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final int places;
    private final Consumer<ResourceRef> call;
    private final InstantSource clock;
    private final Set<String> inside = new HashSet<>();
    private final Set<String> refused = new HashSet<>();
    private final Map<String, Instant> called = new HashMap<>();
    private final Map<Lane, SequencedMap<String, ResourceRef>> waiting = new EnumMap<>(Lane.class);
    private int turn;

    /**
     * A turnstile with this many places.
     *
     * @param call has a resource reconciled that waited and may enter now
     */
    public ReconcileConcurrencyLimiter(int places, Consumer<ResourceRef> call, InstantSource clock) {
        this.places = places;
        this.call = call;
        this.clock = clock;
    }

    /** Whether the resource may go on; if not, it is called when it may. */
    public synchronized boolean enter(ResourceRef resource, Lane lane) {
        String uid = resource.uid();
        boolean expected = called.remove(uid) != null;
        dropWhoDoesNotCome();
        if (!inside.contains(uid) && !expected && inside.size() + called.size() >= places) {
            waiting.forEach((other, queue) -> {
                if (other != lane) {
                    queue.remove(uid);
                }
            });
            queue(lane).putIfAbsent(uid, resource);
            refused.add(uid);
            return false;
        }
        waiting.values().forEach(queue -> queue.remove(uid));
        inside.add(uid);
        return true;
    }

    /**
     * A reconcile of the resource has ended. Unless it was refused it needs no place any more, whether it had one, was
     * called to it, or waited for it and then found that there is nothing to do.
     */
    public void leave(String uid) {
        List<ResourceRef> next;
        synchronized (this) {
            if (refused.remove(uid)) {
                return;
            }
            waiting.values().forEach(queue -> queue.remove(uid));
            inside.remove(uid);
            called.remove(uid);
            next = next();
        }
        next.forEach(call);
    }

    /** The resource has gone. */
    public void forget(String uid) {
        synchronized (this) {
            refused.remove(uid);
        }
        leave(uid);
    }

    private SequencedMap<String, ResourceRef> queue(Lane lane) {
        return waiting.computeIfAbsent(lane, _ -> new LinkedHashMap<>());
    }

    private synchronized List<ResourceRef> next() {
        dropWhoDoesNotCome();
        List<ResourceRef> next = new ArrayList<>();
        while (inside.size() + called.size() < places
                && waiting.values().stream().anyMatch(queue -> !queue.isEmpty())) {
            var queue = queue(TURNS.get(turn));
            turn = (turn + 1) % TURNS.size();
            var first = queue.pollFirstEntry();
            if (first != null) {
                called.put(first.getKey(), clock.instant());
                next.add(first.getValue());
            }
        }
        return next;
    }

    private synchronized void dropWhoDoesNotCome() {
        Instant latest = clock.instant().minus(PATIENCE);
        called.values().removeIf(since -> since.isBefore(latest));
    }
}
