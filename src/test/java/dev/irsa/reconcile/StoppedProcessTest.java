package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.S3;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.iam.Refusal;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.port.Gate.OutsideCall;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Found by the simulation: a process is stopped between IAM's answer and what it makes of it, for longer than IAM takes to
 * show everything. The answer is as old as it is.
 */
class StoppedProcessTest {
    private static final Duration LAG = Duration.ofSeconds(50);
    private static final Duration LONG = Duration.ofMinutes(2);

    private static void stopsAfter(String action, ReconcileHarness trial, Runnable meanwhile) {
        trial.operator.gate().after(once(action, () -> {
            meanwhile.run();
            trial.operator.clock().pass(LONG);
        }));
    }

    private static void stopsAt(String action, ReconcileHarness trial) {
        trial.operator.gate().before(once(action, () -> trial.operator.clock().pass(LONG)));
    }

    private static Consumer<OutsideCall> once(String action, Runnable act) {
        boolean[] done = {false};
        return call -> {
            if (!done[0] && call.action().equals(action)) {
                done[0] = true;
                act.run();
            }
        };
    }

    @Test
    void aDeletionIsNoProofWhileACreationWasOnItsWayWhenItWasAsked() {
        ReconcileHarness trial = LateCreationTest.readyWhileACreationIsOnItsWay();
        stopsAfter("iam:DeleteRole", trial, () -> LateCreationTest.itArrives(trial));

        trial.delete();
        trial.operator.settle();

        assertThat(trial.isClean()).isTrue();
    }

    @Test
    void thatThereIsNoRoleIsNotBelievedWhenItWasAskedTooEarly() {
        ReconcileHarness trial = new ReconcileHarness();
        trial.operator.iam().consistency().lag(LAG);
        trial.apply(USUAL);
        trial.operator.now();
        trial.delete();
        trial.operator.restart();
        trial.operator.now();
        assertThat(trial.reason()).isEqualTo("DeletionBlocked");
        trial.operator.clock().pass(Duration.ofSeconds(10));
        // A refusal is on its way back when the process stops.
        trial.operator.iam().faults().failNth("GetRole", 1, Refusal.of("NoSuchEntity", 404, "cannot be found"));
        stopsAt("iam:GetRole", trial);
        trial.operator.hands().edit(NS, NAME, resource -> {
            resource.getMetadata().setAnnotations(Map.of("touched", "by somebody"));
            return resource;
        });

        trial.operator.settle();

        assertThat(trial.isClean()).isTrue();
    }

    @Test
    void whatWasReadTooEarlyIsLookedAtOnceMore() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.operator.run(Duration.ofMinutes(10));
        trial.operator.iam().consistency().lag(LAG);
        trial.operator.iam().faults().loseAnswerOfNth("AttachRolePolicy", 1);
        trial.apply(USUAL.replace("[AmazonS3ReadOnlyAccess]", "[AmazonS3ReadOnlyAccess, Admin]"));
        trial.operator.now();
        stopsAfter("iam:GetRolePolicy", trial, () -> {});
        trial.apply(USUAL);

        trial.operator.run(LONG.multipliedBy(2));

        assertThat(trial.isReady()).isTrue();
        assertThat(trial.role().attached()).containsExactly(S3);
    }
}
