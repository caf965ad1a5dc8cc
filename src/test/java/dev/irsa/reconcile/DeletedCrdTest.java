package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.operator.DefaultSettings;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.port.CrdState;
import dev.irsa.sweep.SweepSettings;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Deleting the CustomResourceDefinition deletes every resource. A role is deleted with its resource only if the spec
 * says so.
 */
class DeletedCrdTest {
    private static ReconcileHarness deletedWithTheCrd() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.run(Duration.ofMinutes(10));
        harness.forgetCalls();
        harness.operator.users().definition(CrdState.DELETING);
        return harness;
    }

    @Test
    void blocksTheDeletionAndChangesNothing() {
        ReconcileHarness harness = deletedWithTheCrd();
        Optional<String> pointer = harness.pointer();

        harness.operator.run(Duration.ofHours(3));

        assertThat(harness.reason()).isEqualTo("DeletionBlocked");
        assertThat(harness.message()).contains("CustomResourceDefinition", ROLE, "finalizer", "spec.deletionPolicy");
        assertThat(harness.pointer()).isPresent().isEqualTo(pointer);
        assertThat(harness.operator.iam().role(ROLE)).isPresent();
        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();
        assertThat(harness.operator.interceptor().clusterWrites()).containsOnly("patch iamserviceaccounts/status");
    }

    @Test
    void deletesTheRoleWhenDeletionPolicyIsDelete() {
        ReconcileHarness harness = deletedWithTheCrd();
        harness.operator.run(Duration.ofMinutes(1));
        assertThat(harness.resource()).isPresent();

        harness.apply(USUAL + "deletionPolicy: Delete");
        harness.operator.settle();

        assertThat(harness.isClean()).isTrue();
    }

    @Test
    void retainsTheRoleWhenDeletionPolicyIsRetain() {
        ReconcileHarness harness = deletedWithTheCrd();
        harness.operator.run(Duration.ofMinutes(1));

        harness.apply(USUAL + "deletionPolicy: Retain");
        harness.operator.settle();

        assertThat(harness.resource()).isEmpty();
        assertThat(harness.operator.iam().role(ROLE)).isPresent();
    }

    @Test
    void doesNotTreatTheRoleAsAnOrphanAfterASweepOrRestart() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator
                .sweeping(new SweepSettings(
                        Duration.ofMinutes(10),
                        Duration.ofHours(1),
                        DefaultSettings.ASSOCIATION_INTERVAL,
                        true,
                        namespace -> true))
                .restart();
        harness.operator.settle();
        harness.operator.users().definition(CrdState.DELETING);
        harness.operator.run(Duration.ofHours(1));
        harness.operator.restart();
        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.operator.iam().role(ROLE)).isPresent();
        assertThat(harness.pointer()).isPresent();
        assertThat(harness.operator.warnings())
                .isNotEmpty()
                .allMatch(warning -> warning.startsWith("DefinitionMissing"));
    }

    @Test
    void keepsTheRoleWhenTheCrdAndTheResourceAreCreatedAgain() {
        ReconcileHarness harness = deletedWithTheCrd();
        String id = harness.role().id();
        harness.operator.run(Duration.ofMinutes(10));
        harness.operator.users().definition(CrdState.MISSING);
        harness.operator.run(Duration.ofMinutes(30));
        harness.operator.users().definition(CrdState.INTACT);
        harness.apply(USUAL);

        harness.operator.settle();

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().id()).isEqualTo(id);
    }
}
