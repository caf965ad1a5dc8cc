package dev.irsa.sweep;

import dev.irsa.port.ResourceRef;
import dev.irsa.port.SweepObserver;
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
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Has every role looked at once an interval, one after the other at an even pace and never in a burst. All rounds go in
 * the same order, so that nobody is first in one and last in the next.
 */
final class FallbackPolling {
    /** How often it is asked who is there: at a start most come after the first. */
    private static final Duration ROLL_CALL = Duration.ofMinutes(1);

    private final SweepObserver sightings;
    private final Consumer<ResourceRef> wake;
    private final Duration interval;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final SequencedMap<String, ResourceRef> queue = new LinkedHashMap<>();
    private Optional<Instant> nextRollCall = Optional.empty();
    private Instant nextLook = Instant.MAX;

    FallbackPolling(
            SweepObserver sightings,
            Consumer<ResourceRef> wake,
            Duration interval,
            InstantSource clock,
            RandomGenerator random) {
        this.sightings = sightings;
        this.wake = wake;
        this.interval = interval;
        this.clock = clock;
        this.random = random;
    }

    /** Answers whether they had not begun yet. */
    boolean start() {
        if (nextRollCall.isPresent()) {
            return false;
        }
        nextRollCall = Optional.of(clock.instant());
        nextLook = Instant.MAX;
        return true;
    }

    void stop() {
        nextRollCall = Optional.empty();
        queue.clear();
    }

    /** Has the next role looked at when it is time; answers when there is something to do again. */
    Optional<Instant> step() {
        nextRollCall = nextRollCall.map(due -> clock.instant().isBefore(due) ? due : rollCall());
        if (nextRollCall.isPresent() && !clock.instant().isBefore(nextLook)) {
            look();
        }
        return nextRollCall.map(due -> due.isBefore(nextLook) ? due : nextLook);
    }

    private Instant rollCall() {
        Instant now = clock.instant();
        List<ResourceRef> newcomers = new ArrayList<>();
        Set<String> present = new HashSet<>();
        for (ResourceRef resource : sightings.watched()) {
            present.add(resource.uid());
            if (!queue.containsKey(resource.uid())) {
                newcomers.add(resource);
            }
        }
        queue.keySet().retainAll(present);
        Collections.shuffle(newcomers, new Random(random.nextLong()));
        newcomers.forEach(resource -> queue.put(resource.uid(), resource));
        Instant soon = queue.isEmpty() ? Instant.MAX : now.plus(pace());
        nextLook = soon.isBefore(nextLook) ? soon : nextLook;
        return now.plus(ROLL_CALL);
    }

    private void look() {
        var first = queue.pollFirstEntry();
        if (first == null) {
            nextLook = Instant.MAX;
            return;
        }
        queue.putLast(first.getKey(), first.getValue());
        // Time that was lost is not made good by a burst.
        Instant now = clock.instant();
        Instant after = nextLook.plus(pace());
        nextLook = after.isBefore(now) ? now.plus(pace()) : after;
        sightings.lookAgain(first.getValue());
        wake.accept(first.getValue());
    }

    private Duration pace() {
        return interval.dividedBy(queue.size());
    }
}
