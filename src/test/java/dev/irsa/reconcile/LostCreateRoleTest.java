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
class LostCreateRoleTest {
    /** IAM has not got the first CreateRole yet, and the role is there by the second. */
    static ReconcileHarness readyWhileACreationIsOnItsWay() {
        ReconcileHarness harness = new ReconcileHarness();
        boolean[] cut = {false};
        harness.operator.gate().before(call -> {
            if (!cut[0] && call.action().equals("iam:CreateRole")) {
                cut[0] = true;
                harness.operator.gate().cut(1, Cut.FAIL_BEFORE);
            }
        });
        harness.apply(USUAL);
        harness.operator.run(Duration.ofSeconds(20));
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.operator.iam().calls().of("CreateRole")).isOne();
        return harness;
    }

    static void itArrives(ReconcileHarness harness) {
        arrives(harness, creation(harness));
    }

    private static CreateRole creation(ReconcileHarness harness) {
        return (CreateRole) harness.operator.changes().stream()
                .filter(CreateRole.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private static void arrives(ReconcileHarness harness, CreateRole creation) {
        new IamRoles(harness.operator.iam(), Gate.OPEN).create(creation);
    }

    private static void killedAtCreation(ReconcileHarness harness, Cut cut) {
        harness.operator.gate().before(call -> {
            if (call.action().equals("iam:CreateRole")) {
                harness.operator.gate().cut(1, cut);
            }
        });
        assertThatThrownBy(harness.operator::now).isInstanceOf(Killed.class);
        harness.operator.gate().open();
    }

    private static void leavesNothingBehind(ReconcileHarness harness) {
        harness.delete();
        harness.operator.now();
        assertThat(harness.operator.iam().role(ROLE)).isEmpty();
        itArrives(harness);
        harness.operator.settle();
        assertThat(harness.isClean()).isTrue();
    }

    @Test
    void leavesNoRoleBehindThatIsMadeAfterItsDeletion() {
        leavesNothingBehind(readyWhileACreationIsOnItsWay());
    }

    @Test
    void leavesNoRoleBehindThatTheProcessBeforeAskedFor() {
        ReconcileHarness harness = readyWhileACreationIsOnItsWay();
        harness.operator.restart();
        leavesNothingBehind(harness);
    }

    /** The name is free again when somebody deletes by hand what was retained. */
    @Test
    void leavesNoRoleBehindThatIsMadeAfterOneOfThatNameWasRetained() {
        ReconcileHarness harness = readyWhileACreationIsOnItsWay();
        harness.apply(USUAL + "deletionPolicy: Retain");
        harness.operator.now();
        harness.delete();
        harness.operator.now();
        assertThat(harness.role().tags()).doesNotContainKey(Owner.RESOURCE);
        harness.operator.iam().console().delete(ROLE);
        itArrives(harness);
        harness.operator.settle();
        assertThat(harness.resource()).isEmpty();
        assertThat(harness.role().tags()).doesNotContainKey(Owner.RESOURCE);
    }

    /** The new process holds it again: that does not make it the first to have written. */
    @Test
    void leavesNoRoleBehindThatTheProcessBeforeAskedForThoughSomebodyTookTheFinalizerOff() {
        ReconcileHarness harness = readyWhileACreationIsOnItsWay();
        harness.operator.hands().edit(NS, NAME, resource -> {
            resource.getMetadata().setFinalizers(List.of());
            return resource;
        });
        harness.operator.restart();
        harness.operator.now();
        leavesNothingBehind(harness);
    }

    /** Who asked did not know of the role: that it is old says nothing of what is on its way. */
    @Test
    void leavesNoRoleBehindThatWasAskedForThoughThereWasOneForLong() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.apply(USUAL);
        killedAtCreation(harness, Cut.KILL_AFTER);
        harness.operator.clock().pass(Duration.ofHours(1));
        harness.operator.restart();
        killedAtCreation(harness, Cut.KILL_BEFORE);
        harness.operator.restart();
        harness.operator.now();
        assertThat(harness.isReady()).isTrue();
        harness.delete();
        harness.operator.now();
        assertThat(harness.operator.iam().role(ROLE)).isEmpty();
        arrives(harness, creation(ReconcileHarness.ready(USUAL)));
        harness.operator.settle();
        assertThat(harness.isClean()).isTrue();
    }

    @Test
    void goesThoughSomebodyWroteNoTimeIntoTheStatus() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.hands().edit(NS, NAME, resource -> {
            resource.setStatus(new IamServiceAccountStatus(
                    harness.status().observedGeneration(),
                    harness.status().role(),
                    harness.status().serviceAccount(),
                    List.of(),
                    List.of(new Condition("Ready", "True", 1, "yesterday", "Ready", ""))));
            return resource;
        });
        harness.delete();
        harness.operator.now();
        assertThat(harness.isClean()).isTrue();
    }

    @Test
    void letsGoAtOnceOfARoleOfWhichEveryAnswerWasHeard() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.delete();
        harness.operator.now();
        assertThat(harness.isClean()).isTrue();
    }

    @Test
    void letsGoAtOnceOfARoleThatWasKnownLongBeforeThisProcess() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.run(ReconcileSettings.DEFAULT.consistencyWindow().multipliedBy(3));
        harness.operator.restart();
        harness.delete();
        harness.operator.now();
        assertThat(harness.isClean()).isTrue();
    }
}
