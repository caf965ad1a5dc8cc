package dev.irsa.reconcile;

import static dev.irsa.reconcile.Trial.NAME;
import static dev.irsa.reconcile.Trial.NS;
import static dev.irsa.reconcile.Trial.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fake.Refusal;
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
        Trial trial = new Trial();
        trial.operator.iam().faults().throttleAll();
        trial.apply(USUAL);
        trial.operator.run(Duration.ofHours(1));
        // The first failure comes twice: the finalizer that was put on is an event.
        assertPauses(trial.operator.pauses().subList(1, 11), 2, 4, 8, 16, 32, 60, 60, 60, 60, 60);
        assertThat(trial.operator.pauses()).hasSizeBetween(50, 75);
    }

    @Test
    void spreadsTheRetries() {
        Trial trial = new Trial();
        trial.operator.iam().faults().throttleAll();
        trial.apply(USUAL);
        trial.operator.run(Duration.ofHours(1));
        assertThat(trial.operator.pauses().subList(8, 40)).doesNotHaveDuplicates();
    }

    @Test
    void doublesFromAQuarterToFiveMinutesForWhatNeedsAPerson() {
        Trial trial = new Trial();
        trial.operator.iam().console().create(Trial.ROLE, "/", "{}");
        trial.apply(USUAL);
        trial.operator.run(Duration.ofHours(2));
        assertPauses(trial.operator.pauses().subList(1, 9), 30, 60, 120, 240, 300, 300, 300, 300);
    }

    @Test
    void beginsAnewWhenTheResourceChanges() {
        Trial trial = new Trial();
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
        Trial trial = new Trial();
        trial.apply("policies: {inline: [{name: x, document: {Version: '2012-10-17'}}]}");
        trial.operator.run(Duration.ofHours(1));
        assertThat(trial.reason()).isEqualTo("InvalidSpec");
        assertThat(trial.operator.pauses()).isEmpty();
        assertThat(trial.operator.isScheduled(NS, NAME)).isFalse();
        assertThat(trial.operator.gate().awsWrites()).isEmpty();
    }

    @Test
    void neverGivesUp() {
        Trial trial = Trial.ready(USUAL);
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
        Trial trial = new Trial();
        for (int i = 1; i < 1000; i += 2) {
            trial.operator.iam().faults().failNth("CreateRole", i, Refusal.throttling());
            trial.operator.iam().faults().failNth("CreateRole", i + 1, Refusal.of("ServiceFailure", 500, "oops"));
        }
        trial.apply(USUAL);
        trial.operator.run(Duration.ofMinutes(10));
        assertThat(trial.operator.reconciles()).isLessThan(30);
    }
}
