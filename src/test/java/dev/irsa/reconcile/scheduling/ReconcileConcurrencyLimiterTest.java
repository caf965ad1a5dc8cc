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

    private final VirtualClock clock = new VirtualClock();
    private final List<String> called = new ArrayList<>();
    private final ReconcileConcurrencyLimiter turnstile =
            new ReconcileConcurrencyLimiter(2, ref -> called.add(ref.uid()), clock);

    private static ResourceRef ref(String uid) {
        return new ResourceRef("payments", uid, uid);
    }

    private boolean enter(String uid, Lane lane) {
        return turnstile.enter(ref(uid), lane);
    }

    /** A whole reconcile that was refused. */
    private void wait(String uid, Lane lane) {
        assertThat(enter(uid, lane)).as(uid + " enters").isFalse();
        turnstile.leave(uid);
    }

    private void full() {
        assertThat(enter("first", Lane.CHANGED)).isTrue();
        assertThat(enter("second", Lane.CHANGED)).isTrue();
    }

    /** Whoever is called comes, and leaves again: in which order all do. */
    private List<String> order() {
        turnstile.leave("first");
        turnstile.leave("second");
        for (int i = 0; i < called.size(); i++) {
            assertThat(enter(called.get(i), Lane.CHANGED)).isTrue();
            turnstile.leave(called.get(i));
        }
        return called;
    }

    @Test
    void letsNoMoreInThanItHasPlaces() {
        full();

        assertThat(enter("third", Lane.DELETION)).isFalse();
        assertThat(called).isEmpty();
    }

    @Test
    void whoIsInsideMayEnterAgain() {
        full();

        assertThat(enter("first", Lane.CHANGED)).isTrue();
        assertThat(enter("third", Lane.CHANGED)).isFalse();
    }

    @Test
    void callsOneForOneThatLeaves() {
        full();
        wait("third", Lane.CHANGED);
        wait("fourth", Lane.CHANGED);

        turnstile.leave("first");

        assertThat(called).containsExactly("third");
    }

    @Test
    void thePlaceOfOneThatIsCalledIsKeptForIt() {
        full();
        wait("third", Lane.CHANGED);
        turnstile.leave("first");

        assertThat(enter("quick", Lane.DELETION)).isFalse();
        assertThat(enter("third", Lane.CHANGED)).isTrue();
    }

    @Test
    void oneThatLeavesWithoutHavingEnteredFreesNothing() {
        full();
        wait("third", Lane.CHANGED);

        turnstile.leave("stranger");
        turnstile.leave("third");

        assertThat(called).isEmpty();
        assertThat(enter("fourth", Lane.CHANGED)).isFalse();
    }

    @Test
    void oneThatWaitsAndIsReconciledOnceMoreKeepsItsTurn() {
        full();
        wait("third", Lane.CHANGED);
        wait("fourth", Lane.CHANGED);
        wait("third", Lane.CHANGED);

        turnstile.leave("first");
        turnstile.leave("second");

        assertThat(called).containsExactly("third", "fourth");
    }

    @Test
    void oneThatChangesLanesWaitsInTheNewOne() {
        full();
        wait("drifted", Lane.SWEEP);
        wait("other", Lane.SWEEP);
        wait("other", Lane.DELETION);

        assertThat(order()).containsExactly("other", "drifted");
    }

    @Test
    void lanesTakeTurnsAndTheSweepComesLast() {
        full();
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
    void theSweepIsNotStarvedByAnEndlessStreamOfChanges() {
        full();
        wait("drifted", Lane.SWEEP);
        for (int i = 0; i < 1000; i++) {
            wait("changed" + i, Lane.CHANGED);
        }

        assertThat(order().indexOf("drifted")).isBetween(1, 10);
    }

    @Test
    void aDeletionIsNotStarvedBehindAThousandChanges() {
        full();
        for (int i = 0; i < 1000; i++) {
            wait("changed" + i, Lane.CHANGED);
        }
        wait("deletion", Lane.DELETION);

        assertThat(order().indexOf("deletion")).isLessThan(3);
        assertThat(called).hasSize(1001).doesNotHaveDuplicates();
    }

    @Test
    void oneThatIsCalledAndNeverComesFreesItsPlace() {
        full();
        wait("lost", Lane.CHANGED);
        wait("third", Lane.CHANGED);
        turnstile.leave("first");
        assertThat(called).containsExactly("lost");
        assertThat(enter("fourth", Lane.CHANGED)).isFalse();

        clock.pass(BEYOND_PATIENCE);

        assertThat(enter("fifth", Lane.CHANGED)).isTrue();
        assertThat(enter("sixth", Lane.CHANGED)).isFalse();
    }

    @Test
    void oneThatComesAfterItsPlaceWasGivenAwayWaitsAgain() {
        full();
        wait("late", Lane.CHANGED);
        turnstile.leave("first");
        clock.pass(BEYOND_PATIENCE);
        assertThat(enter("third", Lane.CHANGED)).isTrue();

        assertThat(enter("late", Lane.CHANGED)).isFalse();
        turnstile.leave("late");
        turnstile.leave("second");

        assertThat(called).containsExactly("late", "late");
    }

    @Test
    void oneThatIsCalledAndNeedsNoPlaceAnyMoreGivesItToTheNext() {
        full();
        wait("healed", Lane.SWEEP);
        wait("third", Lane.SWEEP);
        turnstile.leave("first");
        assertThat(called).containsExactly("healed");

        // It came, found that nothing is to be done, and went without having entered.
        turnstile.leave("healed");

        assertThat(called).containsExactly("healed", "third");
    }

    @Test
    void oneThatIsCalledWhileItIsBeingRefusedHasItsPlace() {
        full();
        assertThat(enter("third", Lane.CHANGED)).isFalse();
        turnstile.leave("first");
        assertThat(called).containsExactly("third");

        // The end of the reconcile that was refused; the call has yet to be followed.
        turnstile.leave("third");

        assertThat(enter("quick", Lane.CHANGED)).isFalse();
        assertThat(enter("third", Lane.CHANGED)).isTrue();
    }

    @Test
    void oneThatHasGoneIsNotCalled() {
        full();
        wait("gone", Lane.CHANGED);
        wait("third", Lane.CHANGED);

        turnstile.forget("gone");
        turnstile.leave("first");

        assertThat(called).containsExactly("third");
    }

    @Test
    void thePlaceOfOneThatHasGoneIsFree() {
        full();
        wait("third", Lane.CHANGED);
        wait("fourth", Lane.CHANGED);

        turnstile.forget("first");
        assertThat(called).containsExactly("third");
        turnstile.forget("third");

        assertThat(called).containsExactly("third", "fourth");
    }

    @Test
    void aStrangerThatHasGoneFreesNothing() {
        full();
        wait("third", Lane.CHANGED);

        turnstile.forget("stranger");

        assertThat(called).isEmpty();
    }
}
