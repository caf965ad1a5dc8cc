package dev.irsa.drift;

import dev.irsa.port.ResourceRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Has every role looked at once an interval, one after the other at an even pace and never in a burst. */
final class Rounds {
    private static final Duration NOBODY_YET = Duration.ofSeconds(10);

    private final Sightings sightings;
    private final Consumer<ResourceRef> wake;
    private final Duration interval;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Deque<ResourceRef> left = new ArrayDeque<>();
    private Optional<Instant> next = Optional.empty();
    private Duration pace = Duration.ZERO;

    Rounds(
            Sightings sightings,
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

    void start() {
        if (next.isEmpty()) {
            next = Optional.of(clock.instant());
        }
    }

    void stop() {
        next = Optional.empty();
        left.clear();
    }

    /** Has the next role looked at when it is time; answers when it is time for the one after it. */
    Optional<Instant> step() {
        next = next.map(due -> clock.instant().isBefore(due) ? due : due(due));
        return next;
    }

    private Instant due(Instant due) {
        if (left.isEmpty()) {
            List<ResourceRef> all = new ArrayList<>(sightings.watched());
            Collections.shuffle(all, new Random(random.nextLong()));
            left.addAll(all);
            pace = all.isEmpty() ? NOBODY_YET : interval.dividedBy(all.size());
        }
        ResourceRef resource = left.poll();
        if (resource != null) {
            sightings.lookAgain(resource);
            wake.accept(resource);
        }
        Instant now = clock.instant();
        Instant after = due.plus(pace);
        // Time that was lost is not made good by a burst.
        return after.isBefore(now) ? now.plus(pace) : after;
    }
}
