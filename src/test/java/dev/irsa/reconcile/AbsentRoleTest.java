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

/** Invariant: the finalizer goes only when the role is proven gone; that IAM does not show it once proves nothing. */
class AbsentRoleTest {
    @Test
    void believesThatARoleIsGoneOnlyWhenIamHasSaidSoForAMinute() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.operator.run(Duration.ofMinutes(10));
        trial.operator.iam().console().delete(ROLE);
        trial.forgetCalls();
        Instant asked = trial.operator.clock().instant();
        trial.delete();
        trial.operator.run(Duration.ofSeconds(59));
        assertThat(trial.resource()).isPresent();
        assertThat(trial.reason()).isEqualTo("DeletionBlocked");
        trial.operator.settle();
        assertThat(trial.isClean()).isTrue();
        assertThat(Duration.between(asked, trial.operator.clock().instant())).isEqualTo(Duration.ofSeconds(60));
        assertThat(trial.operator.iam().calls().counts()).containsExactly(Map.entry("GetRole", 2));
    }

    @Test
    void asksAgainForAMinuteAfterARestart() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.operator.iam().console().delete(ROLE);
        trial.delete();
        trial.operator.run(Duration.ofSeconds(50));
        trial.operator.restart();
        trial.operator.run(Duration.ofSeconds(50));
        assertThat(trial.resource()).isPresent();
        trial.operator.settle();
        assertThat(trial.isClean()).isTrue();
    }

    @Test
    void makesARoleAgainThatWasDeletedByHandAlsoWhenAbsentRolesAreDenied() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.operator.iam().faults().scopedRights(new ScopedRights("/irsa/prod/", Map.of("irsa.dev/cluster", "prod")));
        trial.operator.run(Duration.ofMinutes(10));
        trial.operator.iam().console().delete(ROLE);
        trial.apply(USUAL + "role: {description: new}");
        trial.operator.settle();
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.role().description()).isEqualTo("new");
        assertThat(trial.operator.hands().serviceAccount(NS, NAME)).isPresent();
    }

    @Test
    void forgetsAnAbsenceOnceTheRoleHasShownUpAgain() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.operator.run(Duration.ofMinutes(10));
        var absent = Refusal.of("NoSuchEntity", 404, "The role cannot be found.");
        trial.operator.iam().faults().failNth("GetRole", 1, absent);
        trial.operator.iam().faults().failNth("GetRole", 3, absent);
        trial.operator.iam().faults().failNth("DetachRolePolicy", 1, Refusal.throttling());
        trial.delete();
        trial.operator.settle();
        assertThat(trial.isClean()).isTrue();
    }
}
