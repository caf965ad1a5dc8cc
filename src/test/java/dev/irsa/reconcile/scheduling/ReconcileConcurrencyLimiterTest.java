package dev.irsa.reconcile.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.operator.VirtualClock;
import dev.irsa.port.ResourceRef;
import dev.irsa.reconcile.scheduling.ReconcileConcurrencyLimiter.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReconcileConcurrencyLimiterTest {
    private static final Duration BEYOND_PATIENCE = Duration.ofSeconds(31);

    private static final ResourceRef OTHER = new ResourceRef("orders", "other", "other");

    private final VirtualClock clock = new VirtualClock();
    private final List<String> requeued = new ArrayList<>();
    private final ReconcileConcurrencyLimiter limiter =
            new ReconcileConcurrencyLimiter(2, ref -> requeued.add(ref.uid()), clock);

    private static ResourceRef ref(String uid) {
        return new ResourceRef("payments", uid, uid);
    }

    private boolean enter(String uid, Lane lane) {
        return limiter.enter(ref(uid), lane);
    }

    /** Runs a reconcile that is refused. */
    private void wait(String uid, Lane lane) {
        assertThat(enter(uid, lane)).as(uid + " enters").isFalse();
        limiter.leave(ref(uid));
    }

    private void exhaust() {
        assertThat(enter("first", Lane.CHANGED)).isTrue();
        assertThat(enter("second", Lane.CHANGED)).isTrue();
    }

    /** Lets every requeued resource enter and leave, and returns the order. */
    private List<String> order() {
        limiter.leave(ref("first"));
        limiter.leave(ref("second"));
        for (int i = 0; i < requeued.size(); i++) {
            assertThat(enter(requeued.get(i), Lane.CHANGED)).isTrue();
            limiter.leave(ref(requeued.get(i)));
        }
        return requeued;
    }

    @Test
    void limitsConcurrentReconciles() {
        exhaust();

        assertThat(enter("third", Lane.DELETION)).isFalse();
        assertThat(requeued).isEmpty();
    }

    @Test
    void letsARunningReconcileEnterAgain() {
        exhaust();

        assertThat(enter("first", Lane.CHANGED)).isTrue();
        assertThat(enter("third", Lane.CHANGED)).isFalse();
    }

    @Test
    void requeuesOneForEachPermitReleased() {
        exhaust();
        wait("third", Lane.CHANGED);
        wait("fourth", Lane.CHANGED);

        limiter.leave(ref("first"));

        assertThat(requeued).containsExactly("third");
    }

    @Test
    void reservesThePermitForTheRequeuedResource() {
        exhaust();
        wait("third", Lane.CHANGED);
        limiter.leave(ref("first"));

        assertThat(enter("quick", Lane.DELETION)).isFalse();
        assertThat(enter("third", Lane.CHANGED)).isTrue();
    }

    @Test
    void ignoresALeaveWithoutAPermit() {
        exhaust();
        wait("third", Lane.CHANGED);

        limiter.leave(ref("unknown"));
        limiter.leave(ref("third"));

        assertThat(requeued).isEmpty();
        assertThat(enter("fourth", Lane.CHANGED)).isFalse();
    }

    @Test
    void keepsTheTurnOfAWaitingResource() {
        exhaust();
        wait("third", Lane.CHANGED);
        wait("fourth", Lane.CHANGED);
        wait("third", Lane.CHANGED);

        limiter.leave(ref("first"));
        limiter.leave(ref("second"));

        assertThat(requeued).containsExactly("third", "fourth");
    }

    @Test
    void movesAWaitingResourceToItsNewLane() {
        exhaust();
        wait("drifted", Lane.SWEEP);
        wait("other", Lane.SWEEP);
        wait("other", Lane.DELETION);

        assertThat(order()).containsExactly("other", "drifted");
    }

    @Test
    void alternatesBetweenLanesWithTheSweepLast() {
        exhaust();
        for (int i = 0; i < 12; i++) {
            wait("sweep" + i, Lane.SWEEP);
        }
        for (int i = 0; i < 3; i++) {
            wait("changed" + i, Lane.CHANGED);
            wait("new" + i, Lane.NEW);
            wait("deletion" + i, Lane.DELETION);
        }

        assertThat(order().subList(0, 10))
                .containsExactly(
                        "deletion0",
                        "new0",
                        "changed0",
                        "deletion1",
                        "new1",
                        "changed1",
                        "deletion2",
                        "new2",
                        "changed2",
                        "sweep0");
    }

    @Test
    void doesNotStarveTheSweepLane() {
        exhaust();
        wait("drifted", Lane.SWEEP);
        for (int i = 0; i < 1000; i++) {
            wait("changed" + i, Lane.CHANGED);
        }

        assertThat(order().indexOf("drifted")).isBetween(1, 10);
    }

    @Test
    void doesNotStarveADeletionBehindManyChanges() {
        exhaust();
        for (int i = 0; i < 1000; i++) {
            wait("changed" + i, Lane.CHANGED);
        }
        wait("deletion", Lane.DELETION);

        assertThat(order().indexOf("deletion")).isLessThan(3);
        assertThat(requeued).hasSize(1001).doesNotHaveDuplicates();
    }

    @Test
    void letsNamespacesTakeTurns() {
        exhaust();
        for (int i = 0; i < 1000; i++) {
            wait("many" + i, Lane.DELETION);
        }
        limiter.enter(OTHER, Lane.DELETION);
        limiter.leave(OTHER);

        limiter.leave(ref("first"));
        limiter.leave(ref("second"));
        limiter.leave(ref("many0"));

        assertThat(requeued).containsExactly("many0", "other", "many1");
    }

    @Test
    void passesOverANamespaceThatNoLongerWaits() {
        exhaust();
        limiter.enter(OTHER, Lane.CHANGED);
        limiter.leave(OTHER);
        wait("third", Lane.CHANGED);

        limiter.forget(OTHER);
        limiter.leave(ref("first"));

        assertThat(requeued).containsExactly("third");
    }

    @Test
    void releasesAReservedPermitThatIsNeverUsed() {
        exhaust();
        wait("lost", Lane.CHANGED);
        wait("third", Lane.CHANGED);
        limiter.leave(ref("first"));
        assertThat(requeued).containsExactly("lost");
        assertThat(enter("fourth", Lane.CHANGED)).isFalse();

        clock.pass(BEYOND_PATIENCE);

        assertThat(enter("fifth", Lane.CHANGED)).isTrue();
        assertThat(enter("sixth", Lane.CHANGED)).isFalse();
    }

    @Test
    void queuesAResourceAgainWhenItsReservationExpired() {
        exhaust();
        wait("late", Lane.CHANGED);
        limiter.leave(ref("first"));
        clock.pass(BEYOND_PATIENCE);
        assertThat(enter("third", Lane.CHANGED)).isTrue();

        assertThat(enter("late", Lane.CHANGED)).isFalse();
        limiter.leave(ref("late"));
        limiter.leave(ref("second"));

        assertThat(requeued).containsExactly("late", "late");
    }

    @Test
    void passesOnAReservationThatIsNotNeeded() {
        exhaust();
        wait("healed", Lane.SWEEP);
        wait("third", Lane.SWEEP);
        limiter.leave(ref("first"));
        assertThat(requeued).containsExactly("healed");

        // The reconcile found nothing to do and ended without entering.
        limiter.leave(ref("healed"));

        assertThat(requeued).containsExactly("healed", "third");
    }

    @Test
    void keepsAReservationMadeDuringARefusedReconcile() {
        exhaust();
        assertThat(enter("third", Lane.CHANGED)).isFalse();
        limiter.leave(ref("first"));
        assertThat(requeued).containsExactly("third");

        // The refused reconcile ends, and the requeued one has not started yet.
        limiter.leave(ref("third"));

        assertThat(enter("quick", Lane.CHANGED)).isFalse();
        assertThat(enter("third", Lane.CHANGED)).isTrue();
    }

    @Test
    void doesNotRequeueADeletedResource() {
        exhaust();
        wait("deleted", Lane.CHANGED);
        wait("third", Lane.CHANGED);

        limiter.forget(ref("deleted"));
        limiter.leave(ref("first"));

        assertThat(requeued).containsExactly("third");
    }

    @Test
    void releasesThePermitOfADeletedResource() {
        exhaust();
        wait("third", Lane.CHANGED);
        wait("fourth", Lane.CHANGED);

        limiter.forget(ref("first"));
        assertThat(requeued).containsExactly("third");
        limiter.forget(ref("third"));

        assertThat(requeued).containsExactly("third", "fourth");
    }

    @Test
    void ignoresTheDeletionOfAnUnknownResource() {
        exhaust();
        wait("third", Lane.CHANGED);

        limiter.forget(ref("unknown"));

        assertThat(requeued).isEmpty();
    }
}
