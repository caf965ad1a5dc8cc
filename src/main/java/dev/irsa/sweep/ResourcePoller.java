package dev.irsa.sweep;

import dev.irsa.port.Requeuer;
import dev.irsa.port.ResourceRef;
import dev.irsa.port.RoleSweepListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Requeues every resource once per interval while no sweep succeeds: one after the other, at an even pace and never in
 * a burst. The order is the same in every round, so that the time between two checks of a role stays even.
 */
final class ResourcePoller {
    /** The interval of updates of the queue. At a start, most resources appear after the first update. */
    private static final Duration UPDATE_INTERVAL = Duration.ofMinutes(1);

    private final RoleSweepListener listener;
    private final Requeuer requeuer;
    private final Duration interval;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final SequencedMap<String, ResourceRef> queue = new LinkedHashMap<>();
    private Optional<Instant> nextUpdate = Optional.empty();
    private Instant nextPoll = Instant.MAX;

    ResourcePoller(
            RoleSweepListener listener,
            Requeuer requeuer,
            Duration interval,
            InstantSource clock,
            RandomGenerator random) {
        this.listener = listener;
        this.requeuer = requeuer;
        this.interval = interval;
        this.clock = clock;
        this.random = random;
    }

    /** Starts polling; returns false if it had already started. */
    boolean start() {
        if (nextUpdate.isPresent()) {
            return false;
        }
        nextUpdate = Optional.of(clock.instant());
        nextPoll = Instant.MAX;
        return true;
    }

    /** Stops polling. */
    void stop() {
        nextUpdate = Optional.empty();
        queue.clear();
    }

    /** Requeues the next resource if it is due; returns when the next step is due, or empty while stopped. */
    Optional<Instant> step() {
        nextUpdate = nextUpdate.map(due -> clock.instant().isBefore(due) ? due : updateQueue());
        if (nextUpdate.isPresent() && !clock.instant().isBefore(nextPoll)) {
            poll();
        }
        return nextUpdate.map(due -> due.isBefore(nextPoll) ? due : nextPoll);
    }

    private Instant updateQueue() {
        Instant now = clock.instant();
        List<ResourceRef> added = new ArrayList<>();
        Set<String> present = new HashSet<>();
        for (ResourceRef resource : listener.resources()) {
            present.add(resource.uid());
            if (!queue.containsKey(resource.uid())) {
                added.add(resource);
            }
        }
        queue.keySet().retainAll(present);
        Collections.shuffle(added, new Random(random.nextLong()));
        added.forEach(resource -> queue.put(resource.uid(), resource));
        Instant soon = queue.isEmpty() ? Instant.MAX : now.plus(pace());
        nextPoll = soon.isBefore(nextPoll) ? soon : nextPoll;
        return now.plus(UPDATE_INTERVAL);
    }

    private void poll() {
        var first = queue.pollFirstEntry();
        if (first == null) {
            nextPoll = Instant.MAX;
            return;
        }
        queue.putLast(first.getKey(), first.getValue());
        // Lost time is not made up for by a burst.
        Instant now = clock.instant();
        Instant after = nextPoll.plus(pace());
        nextPoll = after.isBefore(now) ? now.plus(pace()) : after;
        listener.requestRead(first.getValue());
        requeuer.requeue(first.getValue());
    }

    private Duration pace() {
        return interval.dividedBy(queue.size());
    }
}
