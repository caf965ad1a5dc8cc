package dev.irsa.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.operator.ManagedAccounts;
import dev.irsa.fixtures.operator.VirtualClock;
import dev.irsa.port.ResourceRef;
import dev.irsa.port.RoleSweepListener;
import dev.irsa.port.SweepSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResourcePollerTest {
    private static final Duration INTERVAL = Duration.ofHours(1);

    private final VirtualClock clock = new VirtualClock();
    private final Watchers watchers = new Watchers();
    private final List<Instant> times = new ArrayList<>();
    private final Map<String, List<Instant>> looks = new LinkedHashMap<>();
    private final ResourcePoller rounds = new ResourcePoller(
            watchers, ManagedAccounts.requeuer(this::woken, () -> {}), INTERVAL, clock, new Random(7));

    private static final class Watchers implements RoleSweepListener {
        final List<ResourceRef> watched = new ArrayList<>();
        final Map<String, Integer> due = new HashMap<>();

        void add(int from, int to) {
            IntStream.range(from, to).forEach(i -> watched.add(new ResourceRef("payments", "r" + i, "uid" + i)));
        }

        @Override
        public List<ResourceRef> observed(SweepSnapshot snapshot) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<ResourceRef> resources() {
            return List.copyOf(watched);
        }

        @Override
        public void requestRead(ResourceRef resource) {
            due.merge(resource.uid(), 1, Integer::sum);
        }
    }

    private void woken(ResourceRef resource) {
        times.add(clock.instant());
        looks.computeIfAbsent(resource.name(), name -> new ArrayList<>()).add(clock.instant());
    }

    /** As the sweeper drives it: asleep until there is something to do. */
    private void run(Duration time) {
        Instant end = clock.instant().plus(time);
        Optional<Instant> next = rounds.step();
        while (next.isPresent() && !next.get().isAfter(end)) {
            clock.reach(next.get());
            next = rounds.step();
        }
        clock.reach(end);
    }

    private long most(Duration within) {
        return times.stream()
                .mapToLong(from -> times.stream()
                        .filter(look -> !look.isBefore(from) && look.isBefore(from.plus(within)))
                        .count())
                .max()
                .orElse(0);
    }

    @Test
    void doesNothingBeforeStart() {
        watchers.add(0, 3);

        assertThat(rounds.step()).isEmpty();
        assertThat(times).isEmpty();
    }

    @Test
    void readsEachRoleOncePerIntervalEvenly() {
        watchers.add(0, 500);
        rounds.start();
        run(INTERVAL);

        assertThat(looks)
                .hasSize(500)
                .allSatisfy((name, when) -> assertThat(when).hasSize(1));
        assertThat(watchers.due).hasSize(500);
        assertThat(most(INTERVAL.dividedBy(10))).isBetween(49L, 51L);
    }

    @Test
    void readsEachRoleWithinInterval() {
        watchers.add(0, 50);
        rounds.start();
        run(INTERVAL.multipliedBy(4));

        assertThat(looks).hasSize(50).allSatisfy((name, when) -> {
            for (int i = 1; i < when.size(); i++) {
                assertThat(Duration.between(when.get(i - 1), when.get(i))).isLessThanOrEqualTo(INTERVAL);
            }
        });
    }

    @Test
    void readsRolesAddedDuringStartInFirstInterval() {
        watchers.add(0, 1);
        rounds.start();
        run(Duration.ofSeconds(5));
        watchers.add(1, 200);

        run(INTERVAL.plusMinutes(1));

        assertThat(looks).hasSize(200);
        assertThat(most(INTERVAL.dividedBy(10))).isLessThanOrEqualTo(21L);
    }

    @Test
    void skipsDeletedResources() {
        watchers.add(0, 10);
        rounds.start();
        run(Duration.ofMinutes(2));
        watchers.watched.removeIf(ref -> !looks.containsKey(ref.name()));
        int seen = looks.size();
        run(INTERVAL.multipliedBy(2));

        assertThat(looks).hasSize(seen);
    }

    @Test
    void keepsPollingWithoutResources() {
        rounds.start();
        run(INTERVAL);
        watchers.add(0, 1);
        run(INTERVAL.plusMinutes(1));

        assertThat(looks).hasSize(1);
    }

    @Test
    void delayIsNotFollowedByBurst() {
        watchers.add(0, 60);
        rounds.start();
        run(Duration.ofMinutes(10));
        times.clear();
        clock.pass(Duration.ofMinutes(30));
        run(Duration.ofMinutes(6));

        assertThat(times).hasSizeBetween(6, 8);
    }

    @Test
    void stopsAtOnceAndRestarts() {
        watchers.add(0, 60);
        rounds.start();
        run(Duration.ofMinutes(10));
        rounds.stop();
        times.clear();
        looks.clear();
        run(INTERVAL);
        assertThat(times).isEmpty();

        rounds.start();
        run(INTERVAL);
        assertThat(looks).hasSize(60);
    }

    @Test
    void secondStartHasNoEffect() {
        watchers.add(0, 60);
        rounds.start();
        for (int i = 0; i < 60; i++) {
            run(Duration.ofMinutes(1));
            rounds.start();
        }

        assertThat(times).hasSize(60);
        assertThat(looks).hasSize(60);
    }
}
