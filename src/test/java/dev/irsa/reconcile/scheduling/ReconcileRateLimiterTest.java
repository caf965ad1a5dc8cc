package dev.irsa.reconcile.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.delivery.DeliveryPlanner;
import dev.irsa.core.failure.RetrySchedule;
import dev.irsa.fixtures.operator.VirtualClock;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReconcileRateLimiterTest {
    private static final Duration QUICK = Duration.ofMillis(20);

    private final VirtualClock clock = new VirtualClock();
    private final ReconcileRateLimiter limiter =
            new ReconcileRateLimiter(new RetrySchedule(Duration.ofMinutes(5), new Random(1)), clock);
    private final IamServiceAccount resource = resource("uid", 1, Map.of());

    private static IamServiceAccount resource(String uid, long generation, Map<String, String> annotations) {
        IamServiceAccount resource = new IamServiceAccount();
        resource.setMetadata(new ObjectMetaBuilder()
                .withUid(uid)
                .withGeneration(generation)
                .withAnnotations(annotations)
                .build());
        return resource;
    }

    /** Reconciles this many times in a row; returns how many of them had to wait. */
    private int waits(IamServiceAccount resource, int times, Duration apart) {
        int waits = 0;
        for (int i = 0; i < times; i++) {
            waits += limiter.slowdown(resource).isPresent() ? 1 : 0;
            clock.pass(apart);
        }
        return waits;
    }

    /** Loops for this long: an event follows each reconcile, and one that must wait is requeued. */
    private List<Instant> loopFor(Duration time) {
        List<Instant> begun = new ArrayList<>();
        Instant end = clock.instant().plus(time);
        while (clock.instant().isBefore(end)) {
            Optional<Duration> pause = limiter.slowdown(resource).map(ReconcileRateLimiter.Slowdown::pause);
            if (pause.isEmpty()) {
                begun.add(clock.instant());
            }
            clock.pass(pause.orElse(QUICK));
        }
        return begun;
    }

    @Test
    void slowsDownALoopMoreAndMore() {
        List<Instant> begun = loopFor(Duration.ofMinutes(10));

        assertThat(begun).hasSizeBetween(ReconcileRate.MOST_QUICK, ReconcileRate.MOST_QUICK + 20);
        assertThat(Duration.between(begun.get(begun.size() - 2), begun.getLast()))
                .isBetween(Duration.ofSeconds(48), Duration.ofSeconds(61));
    }

    @Test
    void reportsALoopOnceUntilItEnds() {
        List<Boolean> reports = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Optional<ReconcileRateLimiter.Slowdown> slowdown = limiter.slowdown(resource);
            slowdown.ifPresent(found -> reports.add(found.first()));
            clock.pass(slowdown.map(ReconcileRateLimiter.Slowdown::pause).orElse(QUICK));
        }

        assertThat(reports).hasSizeGreaterThan(5).startsWith(true);
        assertThat(reports.subList(1, reports.size())).containsOnly(false);
    }

    @Test
    void anEventDuringThePauseNeitherShortensNorExtendsIt() {
        waits(resource, ReconcileRate.MOST_QUICK + 1, QUICK);
        Duration pause = limiter.slowdown(resource).orElseThrow().pause();
        clock.pass(Duration.ofMillis(300));

        assertThat(limiter.slowdown(resource).map(ReconcileRateLimiter.Slowdown::pause))
                .contains(pause.minusMillis(300));
        clock.pass(pause.minusMillis(300));
        assertThat(limiter.slowdown(resource)).isEmpty();
    }

    @Test
    void aChangeByAUserEndsTheSlowdownAtOnce() {
        for (IamServiceAccount changed : List.of(
                resource("uid", 2, Map.of()),
                resource("uid", 1, Map.of(DeliveryPlanner.PODS_RESTARTED, "1")),
                deleted(resource("uid", 1, Map.of())))) {
            loopFor(Duration.ofMinutes(1));

            assertThat(waits(changed, 10, QUICK)).isZero();
        }
    }

    private static IamServiceAccount deleted(IamServiceAccount resource) {
        resource.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        return resource;
    }

    @Test
    void aLoopThatEndsIsForgotten() {
        loopFor(Duration.ofMinutes(1));
        clock.pass(Duration.ofMinutes(2));
        waits(resource, 1, Duration.ofSeconds(1));

        assertThat(waits(resource, ReconcileRate.MOST_QUICK, QUICK)).isZero();
    }

    @Test
    void neverSlowsDownRetriesWithBackOffOrManyResourcesAtOnce() {
        assertThat(waits(resource, 1000, Duration.ofMillis(800))).isZero();
        int waits = 0;
        for (int i = 0; i < 5000; i++) {
            waits += waits(resource("uid-" + i, 1, Map.of()), 8, Duration.ZERO);
        }
        assertThat(waits).isZero();
    }

    @Test
    void slowsDownNoOtherResource() {
        loopFor(Duration.ofMinutes(1));

        assertThat(waits(resource("other", 1, Map.of()), 10, QUICK)).isZero();
    }
}
