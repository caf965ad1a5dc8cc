package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.port.CrdState;
import dev.irsa.sweep.SweepSettings;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Deleting the definition deletes every resource; no role goes with them unless somebody wrote that it should. */
class LostDefinitionTest {
    private static ReconcileHarness going() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.operator.run(Duration.ofMinutes(10));
        trial.forgetCalls();
        trial.operator.hands().definition(CrdState.GOING);
        return trial;
    }

    @Test
    void blocksTheDeletionAndLeavesAllAsItIs() {
        ReconcileHarness trial = going();
        Optional<String> pointer = trial.pointer();

        trial.operator.run(Duration.ofHours(3));

        assertThat(trial.reason()).isEqualTo("DeletionBlocked");
        assertThat(trial.message()).contains("CustomResourceDefinition", ROLE, "finalizer", "spec.deletionPolicy");
        assertThat(trial.pointer()).isPresent().isEqualTo(pointer);
        assertThat(trial.operator.iam().role(ROLE)).isPresent();
        assertThat(trial.operator.gate().awsWrites()).isEmpty();
        assertThat(trial.operator.gate().clusterWrites()).containsOnly("patch iamserviceaccounts/status");
    }

    @Test
    void aWrittenWishToDeleteIsFollowed() {
        ReconcileHarness trial = going();
        trial.operator.run(Duration.ofMinutes(1));
        assertThat(trial.resource()).isPresent();

        trial.apply(USUAL + "deletionPolicy: Delete");
        trial.operator.settle();

        assertThat(trial.isClean()).isTrue();
    }

    @Test
    void aWrittenWishToRetainIsFollowed() {
        ReconcileHarness trial = going();
        trial.operator.run(Duration.ofMinutes(1));

        trial.apply(USUAL + "deletionPolicy: Retain");
        trial.operator.settle();

        assertThat(trial.resource()).isEmpty();
        assertThat(trial.operator.iam().role(ROLE)).isPresent();
    }

    @Test
    void neitherSweepNorRestartMakesAnOrphanOfIt() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.operator
                .sweeping(new SweepSettings(Duration.ofMinutes(10), Duration.ofHours(1), true, namespace -> true))
                .restart();
        trial.operator.settle();
        trial.operator.hands().definition(CrdState.GOING);
        trial.operator.run(Duration.ofHours(1));
        trial.operator.restart();
        trial.operator.run(Duration.ofHours(1));

        assertThat(trial.operator.iam().role(ROLE)).isPresent();
        assertThat(trial.pointer()).isPresent();
        assertThat(trial.operator.warnings()).isNotEmpty().allMatch(warning -> warning.startsWith("DefinitionMissing"));
    }

    @Test
    void aRoleIsTakenUpWhereItWasOnceTheDefinitionIsBack() {
        ReconcileHarness trial = going();
        String id = trial.role().id();
        trial.operator.run(Duration.ofMinutes(10));
        trial.operator.hands().definition(CrdState.MISSING);
        trial.operator.run(Duration.ofMinutes(30));
        trial.operator.hands().definition(CrdState.INTACT);
        trial.apply(USUAL);

        trial.operator.settle();

        assertThat(trial.isReady()).isTrue();
        assertThat(trial.role().id()).isEqualTo(id);
    }
}
