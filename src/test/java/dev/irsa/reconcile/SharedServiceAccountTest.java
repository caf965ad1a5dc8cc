package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.port.Gate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Two resources of a namespace that name the same ServiceAccount. */
class SharedServiceAccountTest {
    private static final String SHARING = USUAL + "serviceAccount: {name: shared}";

    private static String pointer(ReconcileHarness trial) {
        return Objects.requireNonNull(trial.operator
                .hands()
                .serviceAccount(NS, "shared")
                .orElseThrow()
                .annotations()
                .get("eks.amazonaws.com/role-arn"));
    }

    private static ReconcileHarness two(String first, String second, Duration between) {
        ReconcileHarness trial = new ReconcileHarness();
        trial.operator.hands().apply(NS, first, SHARING);
        trial.operator.run(between);
        trial.operator.hands().apply(NS, second, SHARING);
        trial.operator.settle();
        return trial;
    }

    @Test
    void theOlderOneHasIt() {
        ReconcileHarness trial = two("zebra", "ant", Duration.ofSeconds(5));
        assertThat(trial.isReady("zebra")).isTrue();
        assertThat(trial.reason("ant")).isEqualTo("ServiceAccountConflict");
        assertThat(trial.status("ant").conditions().getFirst().message()).contains("zebra");
        assertThat(trial.operator.iam().roles()).hasSize(1);
        assertThat(pointer(trial)).endsWith("zebra");
        assertThat(trial.operator.isScheduled(NS, "ant")).isFalse();
    }

    @Test
    void theFirstByNameHasItWhenBothAreAsOld() {
        ReconcileHarness trial = new ReconcileHarness();
        trial.operator.hands().apply(NS, "zebra", SHARING);
        trial.operator.hands().apply(NS, "ant", SHARING);
        trial.operator.settle();
        assertThat(trial.isReady("ant")).isTrue();
        assertThat(trial.reason("zebra")).isEqualTo("ServiceAccountConflict");
    }

    @Test
    void itIsHandedOverAliveWhenTheOlderOneGoes() {
        ReconcileHarness trial = two("first", "second", Duration.ofSeconds(5));
        String uid = trial.operator
                .hands()
                .serviceAccount(NS, "shared")
                .orElseThrow()
                .uid();
        trial.operator
                .gate()
                .after(call -> assertThat(trial.operator.hands().serviceAccount(NS, "shared"))
                        .as("after %s", call)
                        .hasValueSatisfying(account -> assertThat(account.uid()).isEqualTo(uid)));
        trial.operator.hands().delete(NS, "first");
        trial.operator.settle();
        assertThat(trial.operator.hands().resource(NS, "first")).isEmpty();
        assertThat(trial.isReady("second")).isTrue();
        assertThat(pointer(trial)).endsWith("second");
        assertThat(trial.status("second").serviceAccount())
                .satisfies(account -> assertThat(account.created()).isTrue());
        assertThat(trial.operator.iam().roles()).hasSize(1);
        trial.operator.gate().open();
        trial.operator.hands().delete(NS, "second");
        trial.operator.settle();
        assertThat(trial.isClean()).isTrue();
    }

    @Test
    void theOwnerReferenceMovesBeforeTheRoleGoes() {
        ReconcileHarness trial = two("first", "second", Duration.ofSeconds(5));
        trial.forgetCalls();
        trial.operator.hands().delete(NS, "first");
        trial.operator.settle();
        List<String> writes = trial.operator.gate().calls().stream()
                .filter(call -> call.action().equals("patch serviceaccounts")
                        || call.action().equals("iam:DeleteRole"))
                .map(Gate.OutsideCall::action)
                .toList();
        assertThat(writes.indexOf("patch serviceaccounts")).isLessThan(writes.indexOf("iam:DeleteRole"));
    }

    @Test
    void aThirdTakesItsTurn() {
        ReconcileHarness trial = two("a", "b", Duration.ofSeconds(5));
        trial.operator.run(Duration.ofSeconds(5));
        trial.operator.hands().apply(NS, "c", SHARING);
        trial.operator.settle();
        trial.operator.hands().delete(NS, "a");
        trial.operator.settle();
        assertThat(trial.isReady("b")).isTrue();
        assertThat(trial.reason("c")).isEqualTo("ServiceAccountConflict");
        assertThat(trial.status("c").conditions().getFirst().message()).contains("IamServiceAccount b");
    }

    @Test
    void theOtherIsLeftAloneWhenOneThatNeverHadItGoes() {
        ReconcileHarness trial = two("first", "second", Duration.ofSeconds(5));
        trial.forgetCalls();
        trial.operator.hands().delete(NS, "second");
        trial.operator.settle();
        assertThat(trial.operator.gate().awsWrites()).isEmpty();
        assertThat(trial.isReady("first")).isTrue();
        assertThat(pointer(trial)).endsWith("first");
        assertThat(trial.operator.hands().resource(NS, NAME)).isEmpty();
    }

    @Test
    void whoeverOfTwoAsOldHasItKeepsItAlsoAfterARestart() {
        ReconcileHarness trial = two("zebra", "ant", Duration.ZERO);
        for (int i = 0; i < 2; i++) {
            assertThat(trial.isReady("zebra")).isTrue();
            assertThat(trial.reason("ant")).isEqualTo("ServiceAccountConflict");
            assertThat(pointer(trial)).endsWith("zebra");
            trial.operator.restart();
            trial.operator.settle();
        }
    }

    @Test
    void oneWhoseDeletionIsSuspendedKeepsItUntilItIsReleased() {
        ReconcileHarness trial = two("first", "second", Duration.ofSeconds(5));
        trial.operator.hands().apply(NS, "first", SHARING + "\nsuspend: true");
        trial.operator.hands().delete(NS, "first");
        trial.operator.restart();
        trial.operator.run(Duration.ofMinutes(5));
        assertThat(trial.reason("first")).isEqualTo("DeletionBlocked");
        assertThat(trial.reason("second")).isEqualTo("ServiceAccountConflict");
        assertThat(trial.status("second").conditions().getFirst().message()).contains("is being deleted");
        assertThat(pointer(trial)).endsWith("first");
        trial.operator.hands().apply(NS, "first", SHARING);
        trial.operator.settle();
        assertThat(trial.isReady("second")).isTrue();
        assertThat(pointer(trial)).endsWith("second");
    }
}
