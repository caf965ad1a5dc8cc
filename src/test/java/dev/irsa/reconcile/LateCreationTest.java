package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.api.v1alpha1.Condition;
import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import dev.irsa.aws.IamRoles;
import dev.irsa.core.ownership.Owner;
import dev.irsa.core.plan.RoleChange.CreateRole;
import dev.irsa.fixtures.operator.CrashGate.Cut;
import dev.irsa.fixtures.operator.CrashGate.Killed;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.port.Gate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Found by the simulation: a CreateRole that was given up without an answer took effect after the role that the next try
 * made had been deleted, and the resource had gone: nobody had that role any more.
 */
class LateCreationTest {
    /** IAM has not got the first CreateRole yet, and the role is there by the second. */
    static ReconcileHarness readyWhileACreationIsOnItsWay() {
        ReconcileHarness trial = new ReconcileHarness();
        boolean[] cut = {false};
        trial.operator.gate().before(call -> {
            if (!cut[0] && call.action().equals("iam:CreateRole")) {
                cut[0] = true;
                trial.operator.gate().cut(1, Cut.FAIL_BEFORE);
            }
        });
        trial.apply(USUAL);
        trial.operator.run(Duration.ofSeconds(20));
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.operator.iam().calls().of("CreateRole")).isOne();
        return trial;
    }

    static void itArrives(ReconcileHarness trial) {
        arrives(trial, creation(trial));
    }

    private static CreateRole creation(ReconcileHarness trial) {
        return (CreateRole) trial.operator.changes().stream()
                .filter(CreateRole.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private static void arrives(ReconcileHarness trial, CreateRole creation) {
        new IamRoles(trial.operator.iam(), Gate.OPEN).create(creation);
    }

    private static void killedAtCreation(ReconcileHarness trial, Cut cut) {
        trial.operator.gate().before(call -> {
            if (call.action().equals("iam:CreateRole")) {
                trial.operator.gate().cut(1, cut);
            }
        });
        assertThatThrownBy(trial.operator::now).isInstanceOf(Killed.class);
        trial.operator.gate().open();
    }

    private static void leavesNothingBehind(ReconcileHarness trial) {
        trial.delete();
        trial.operator.now();
        assertThat(trial.operator.iam().role(ROLE)).isEmpty();
        itArrives(trial);
        trial.operator.settle();
        assertThat(trial.isClean()).isTrue();
    }

    @Test
    void leavesNoRoleBehindThatIsMadeAfterItsDeletion() {
        leavesNothingBehind(readyWhileACreationIsOnItsWay());
    }

    @Test
    void leavesNoRoleBehindThatTheProcessBeforeAskedFor() {
        ReconcileHarness trial = readyWhileACreationIsOnItsWay();
        trial.operator.restart();
        leavesNothingBehind(trial);
    }

    /** The name is free again when somebody deletes by hand what was retained. */
    @Test
    void leavesNoRoleBehindThatIsMadeAfterOneOfThatNameWasRetained() {
        ReconcileHarness trial = readyWhileACreationIsOnItsWay();
        trial.apply(USUAL + "deletionPolicy: Retain");
        trial.operator.now();
        trial.delete();
        trial.operator.now();
        assertThat(trial.role().tags()).doesNotContainKey(Owner.RESOURCE);
        trial.operator.iam().console().delete(ROLE);
        itArrives(trial);
        trial.operator.settle();
        assertThat(trial.resource()).isEmpty();
        assertThat(trial.role().tags()).doesNotContainKey(Owner.RESOURCE);
    }

    /** The new process holds it again: that does not make it the first to have written. */
    @Test
    void leavesNoRoleBehindThatTheProcessBeforeAskedForThoughSomebodyTookTheFinalizerOff() {
        ReconcileHarness trial = readyWhileACreationIsOnItsWay();
        trial.operator.hands().edit(NS, NAME, resource -> {
            resource.getMetadata().setFinalizers(List.of());
            return resource;
        });
        trial.operator.restart();
        trial.operator.now();
        leavesNothingBehind(trial);
    }

    /** Who asked did not know of the role: that it is old says nothing of what is on its way. */
    @Test
    void leavesNoRoleBehindThatWasAskedForThoughThereWasOneForLong() {
        ReconcileHarness trial = new ReconcileHarness();
        trial.apply(USUAL);
        killedAtCreation(trial, Cut.KILL_AFTER);
        trial.operator.clock().pass(Duration.ofHours(1));
        trial.operator.restart();
        killedAtCreation(trial, Cut.KILL_BEFORE);
        trial.operator.restart();
        trial.operator.now();
        assertThat(trial.isReady()).isTrue();
        trial.delete();
        trial.operator.now();
        assertThat(trial.operator.iam().role(ROLE)).isEmpty();
        arrives(trial, creation(ReconcileHarness.ready(USUAL)));
        trial.operator.settle();
        assertThat(trial.isClean()).isTrue();
    }

    @Test
    void goesThoughSomebodyWroteNoTimeIntoTheStatus() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.operator.hands().edit(NS, NAME, resource -> {
            resource.setStatus(new IamServiceAccountStatus(
                    trial.status().observedGeneration(),
                    trial.status().role(),
                    trial.status().serviceAccount(),
                    List.of(),
                    List.of(new Condition("Ready", "True", 1, "yesterday", "Ready", ""))));
            return resource;
        });
        trial.delete();
        trial.operator.now();
        assertThat(trial.isClean()).isTrue();
    }

    @Test
    void letsGoAtOnceOfARoleOfWhichEveryAnswerWasHeard() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.delete();
        trial.operator.now();
        assertThat(trial.isClean()).isTrue();
    }

    @Test
    void letsGoAtOnceOfARoleThatWasKnownLongBeforeThisProcess() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.operator.run(ReconcileSettings.DEFAULT.consistencyWindow().multipliedBy(3));
        trial.operator.restart();
        trial.delete();
        trial.operator.now();
        assertThat(trial.isClean()).isTrue();
    }
}
