package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.iam.Refusal;
import dev.irsa.fixtures.iam.ScopedRights;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Invariant: the operator removes the finalizer only once the role is proven to be deleted. One NoSuchEntity answer
 * proves nothing.
 */
class AbsentRoleTest {
    @Test
    void treatsRoleAsDeletedOnlyAfterIamReportedItMissingForAMinute() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.run(Duration.ofMinutes(10));
        harness.operator.iam().console().delete(ROLE);
        harness.forgetCalls();
        Instant asked = harness.operator.clock().instant();
        harness.delete();
        harness.operator.run(Duration.ofSeconds(59));
        assertThat(harness.resource()).isPresent();
        assertThat(harness.reason()).isEqualTo("DeletionBlocked");
        harness.operator.settle();
        assertThat(harness.isClean()).isTrue();
        assertThat(Duration.between(asked, harness.operator.clock().instant())).isEqualTo(Duration.ofSeconds(60));
        assertThat(harness.operator.iam().calls().counts()).containsExactly(Map.entry("GetRole", 2));
    }

    @Test
    void waitsAFullMinuteAgainAfterARestart() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.iam().console().delete(ROLE);
        harness.delete();
        harness.operator.run(Duration.ofSeconds(50));
        harness.operator.restart();
        harness.operator.run(Duration.ofSeconds(50));
        assertThat(harness.resource()).isPresent();
        harness.operator.settle();
        assertThat(harness.isClean()).isTrue();
    }

    @Test
    void recreatesRoleDeletedByHandEvenIfIamDeniesReadsOfMissingRoles() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator
                .iam()
                .faults()
                .scopedRights(new ScopedRights("/irsa/prod/", Map.of("irsa.dev/cluster", "prod")));
        harness.operator.run(Duration.ofMinutes(10));
        harness.operator.iam().console().delete(ROLE);
        harness.apply(USUAL + "role: {description: new}");
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().description()).isEqualTo("new");
        assertThat(harness.operator.users().serviceAccount(NS, NAME)).isPresent();
    }

    @Test
    void resetsTheAbsenceWhenTheRoleIsShownAgain() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.run(Duration.ofMinutes(10));
        var absent = Refusal.of("NoSuchEntity", 404, "The role cannot be found.");
        harness.operator.iam().faults().failNth("GetRole", 1, absent);
        harness.operator.iam().faults().failNth("GetRole", 3, absent);
        harness.operator.iam().faults().failNth("DetachRolePolicy", 1, Refusal.throttling());
        harness.delete();
        harness.operator.settle();
        assertThat(harness.isClean()).isTrue();
    }
}
