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

/** When the operator retries a failure. */
class RetryScheduleTest {
    /** Asserts that each delay is the expected one plus or minus the jitter. */
    private static void assertPauses(List<Duration> pauses, int... seconds) {
        assertThat(pauses).hasSizeGreaterThanOrEqualTo(seconds.length);
        for (int i = 0; i < seconds.length; i++) {
            assertThat(pauses.get(i).toMillis()).as("pause %d", i).isBetween(seconds[i] * 800L, seconds[i] * 1200L);
        }
    }

    @Test
    void backsOffFromOneSecondToOneMinuteOnTransientFailures() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.iam().faults().throttleAll();
        harness.apply(USUAL);
        harness.operator.run(Duration.ofHours(1));
        // The first failure occurs twice, because adding the finalizer triggers another reconcile.
        assertPauses(harness.operator.pauses().subList(1, 11), 2, 4, 8, 16, 32, 60, 60, 60, 60, 60);
        assertThat(harness.operator.pauses()).hasSizeBetween(50, 75);
    }

    @Test
    void addsJitterToRetries() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.iam().faults().throttleAll();
        harness.apply(USUAL);
        harness.operator.run(Duration.ofHours(1));
        assertThat(harness.operator.pauses().subList(8, 40)).doesNotHaveDuplicates();
    }

    @Test
    void backsOffToFiveMinutesOnFailuresThatNeedAUser() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.iam().console().create(ReconcileHarness.ROLE, "/", "{}");
        harness.apply(USUAL);
        harness.operator.run(Duration.ofHours(2));
        assertPauses(harness.operator.pauses().subList(1, 9), 30, 60, 120, 240, 300, 300, 300, 300);
    }

    @Test
    void resetsTheBackoffWhenTheResourceChanges() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.iam().faults().throttleAll();
        harness.apply(USUAL);
        harness.operator.run(Duration.ofHours(1));
        int before = harness.operator.pauses().size();
        harness.apply(USUAL + "role: {description: d}");
        harness.operator.run(Duration.ofSeconds(6));
        assertPauses(harness.operator.pauses().subList(before, before + 2), 1, 2);
    }

    @Test
    void schedulesNoRetryForAnInvalidSpec() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.apply("policies: {inline: [{name: x, document: {Version: '2012-10-17'}}]}");
        harness.operator.run(Duration.ofHours(1));
        assertThat(harness.reason()).isEqualTo("InvalidSpec");
        assertThat(harness.operator.pauses()).isEmpty();
        assertThat(harness.operator.isScheduled(NS, NAME)).isFalse();
        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();
    }

    @Test
    void retriesIndefinitely() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.iam().faults().unreachable();
        harness.delete();
        harness.operator.run(Duration.ofDays(2));
        assertThat(harness.reason()).isEqualTo("DeletionBlocked");
        harness.operator.iam().faults().none();
        harness.operator.run(Duration.ofSeconds(80));
        assertThat(harness.isClean()).isTrue();
    }

    @Test
    void backsOffWhenTwoKindsOfFailuresAlternate() {
        ReconcileHarness harness = new ReconcileHarness();
        for (int i = 1; i < 1000; i += 2) {
            harness.operator.iam().faults().failNth("CreateRole", i, Refusal.throttling());
            harness.operator.iam().faults().failNth("CreateRole", i + 1, Refusal.of("ServiceFailure", 500, "oops"));
        }
        harness.apply(USUAL);
        harness.operator.run(Duration.ofMinutes(10));
        assertThat(harness.operator.reconciles()).isLessThan(30);
    }
}
