package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.iam.Refusal;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a failure is tried again. */
class RetryScheduleTest {
    /** Each pause lies within the jitter around what is expected. */
    private static void assertPauses(List<Duration> pauses, int... seconds) {
        assertThat(pauses).hasSizeGreaterThanOrEqualTo(seconds.length);
        for (int i = 0; i < seconds.length; i++) {
            assertThat(pauses.get(i).toMillis()).as("pause %d", i).isBetween(seconds[i] * 800L, seconds[i] * 1200L);
        }
    }

    @Test
    void doublesFromASecondToAMinuteForWhatPasses() {
        ReconcileHarness trial = new ReconcileHarness();
        trial.operator.iam().faults().throttleAll();
        trial.apply(USUAL);
        trial.operator.run(Duration.ofHours(1));
        // The first failure comes twice: the finalizer that was put on is an event.
        assertPauses(trial.operator.pauses().subList(1, 11), 2, 4, 8, 16, 32, 60, 60, 60, 60, 60);
        assertThat(trial.operator.pauses()).hasSizeBetween(50, 75);
    }

    @Test
    void spreadsTheRetries() {
        ReconcileHarness trial = new ReconcileHarness();
        trial.operator.iam().faults().throttleAll();
        trial.apply(USUAL);
        trial.operator.run(Duration.ofHours(1));
        assertThat(trial.operator.pauses().subList(8, 40)).doesNotHaveDuplicates();
    }

    @Test
    void doublesFromAQuarterToFiveMinutesForWhatNeedsAPerson() {
        ReconcileHarness trial = new ReconcileHarness();
        trial.operator.iam().console().create(ReconcileHarness.ROLE, "/", "{}");
        trial.apply(USUAL);
        trial.operator.run(Duration.ofHours(2));
        assertPauses(trial.operator.pauses().subList(1, 9), 30, 60, 120, 240, 300, 300, 300, 300);
    }

    @Test
    void beginsAnewWhenTheResourceChanges() {
        ReconcileHarness trial = new ReconcileHarness();
        trial.operator.iam().faults().throttleAll();
        trial.apply(USUAL);
        trial.operator.run(Duration.ofHours(1));
        int before = trial.operator.pauses().size();
        trial.apply(USUAL + "role: {description: d}");
        trial.operator.run(Duration.ofSeconds(6));
        assertPauses(trial.operator.pauses().subList(before, before + 2), 1, 2);
    }

    @Test
    void waitsForAChangeWhereNoClockCanHelp() {
        ReconcileHarness trial = new ReconcileHarness();
        trial.apply("policies: {inline: [{name: x, document: {Version: '2012-10-17'}}]}");
        trial.operator.run(Duration.ofHours(1));
        assertThat(trial.reason()).isEqualTo("InvalidSpec");
        assertThat(trial.operator.pauses()).isEmpty();
        assertThat(trial.operator.isScheduled(NS, NAME)).isFalse();
        assertThat(trial.operator.gate().awsWrites()).isEmpty();
    }

    @Test
    void neverGivesUp() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.operator.iam().faults().unreachable();
        trial.delete();
        trial.operator.run(Duration.ofDays(2));
        assertThat(trial.reason()).isEqualTo("DeletionBlocked");
        trial.operator.iam().faults().none();
        trial.operator.run(Duration.ofSeconds(80));
        assertThat(trial.isClean()).isTrue();
    }

    @Test
    void slowsDownAlsoWhenFailuresOfTwoKindsTakeTurns() {
        ReconcileHarness trial = new ReconcileHarness();
        for (int i = 1; i < 1000; i += 2) {
            trial.operator.iam().faults().failNth("CreateRole", i, Refusal.throttling());
            trial.operator.iam().faults().failNth("CreateRole", i + 1, Refusal.of("ServiceFailure", 500, "oops"));
        }
        trial.apply(USUAL);
        trial.operator.run(Duration.ofMinutes(10));
        assertThat(trial.operator.reconciles()).isLessThan(30);
    }
}
