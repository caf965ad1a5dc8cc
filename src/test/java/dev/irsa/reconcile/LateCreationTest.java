package dev.irsa.reconcile;

import static dev.irsa.reconcile.Trial.NAME;
import static dev.irsa.reconcile.Trial.NS;
import static dev.irsa.reconcile.Trial.ROLE;
import static dev.irsa.reconcile.Trial.USUAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.api.v1alpha1.Condition;
import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import dev.irsa.aws.IamRoles;
import dev.irsa.fake.CrashGate.Cut;
import dev.irsa.fake.CrashGate.Killed;
import dev.irsa.ownership.Owner;
import dev.irsa.plan.RoleChange.CreateRole;
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
    static Trial readyWhileACreationIsOnItsWay() {
        Trial trial = new Trial();
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

    static void itArrives(Trial trial) {
        arrives(trial, creation(trial));
    }

    private static CreateRole creation(Trial trial) {
        return (CreateRole) trial.operator.changes().stream()
                .filter(CreateRole.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private static void arrives(Trial trial, CreateRole creation) {
        new IamRoles(trial.operator.iam(), Gate.OPEN).create(creation);
    }

    private static void killedAtCreation(Trial trial, Cut cut) {
        trial.operator.gate().before(call -> {
            if (call.action().equals("iam:CreateRole")) {
                trial.operator.gate().cut(1, cut);
            }
        });
        assertThatThrownBy(trial.operator::now).isInstanceOf(Killed.class);
        trial.operator.gate().open();
    }

    private static void leavesNothingBehind(Trial trial) {
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
        Trial trial = readyWhileACreationIsOnItsWay();
        trial.operator.restart();
        leavesNothingBehind(trial);
    }

    /** The name is free again when somebody deletes by hand what was retained. */
    @Test
    void leavesNoRoleBehindThatIsMadeAfterOneOfThatNameWasRetained() {
        Trial trial = readyWhileACreationIsOnItsWay();
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
        Trial trial = readyWhileACreationIsOnItsWay();
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
        Trial trial = new Trial();
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
        arrives(trial, creation(Trial.ready(USUAL)));
        trial.operator.settle();
        assertThat(trial.isClean()).isTrue();
    }

    @Test
    void goesThoughSomebodyWroteNoTimeIntoTheStatus() {
        Trial trial = Trial.ready(USUAL);
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
        Trial trial = Trial.ready(USUAL);
        trial.delete();
        trial.operator.now();
        assertThat(trial.isClean()).isTrue();
    }

    @Test
    void letsGoAtOnceOfARoleThatWasKnownLongBeforeThisProcess() {
        Trial trial = Trial.ready(USUAL);
        trial.operator.run(Settings.DEFAULT.consistencyWindow().multipliedBy(3));
        trial.operator.restart();
        trial.delete();
        trial.operator.now();
        assertThat(trial.isClean()).isTrue();
    }
}
