package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may not be written is planned and shown. */
class SuspendTest {
    private static final String SUSPENDED = USUAL + "suspend: true";
    private static final ReconcileSettings DRY = new ReconcileSettings(
            true, Duration.ofSeconds(60), Duration.ofMinutes(5), 48, ReconcileSettings.DEFAULT.audiences(), false);

    private static ReconcileHarness quiet(boolean dryRun) {
        ReconcileHarness trial = new ReconcileHarness(dryRun ? DRY : ReconcileSettings.DEFAULT);
        trial.apply(dryRun ? USUAL : SUSPENDED);
        return trial;
    }

    private static void assertNothingWritten(ReconcileHarness trial) {
        assertThat(trial.operator.iam().calls().writes()).isZero();
        assertThat(trial.operator.gate().awsWrites()).isEmpty();
        assertThat(trial.operator.gate().clusterWrites()).containsOnly("patch iamserviceaccounts/status");
    }

    @ParameterizedTest(name = "dry run: {0}")
    @ValueSource(booleans = {false, true})
    void showsThePlanOfANewRoleAndWritesNothing(boolean dryRun) {
        ReconcileHarness trial = quiet(dryRun);
        trial.operator.settle();
        assertNothingWritten(trial);
        assertThat(trial.resource().orElseThrow().getMetadata().getFinalizers()).isEmpty();
        assertThat(trial.reason()).isEqualTo("Suspended");
        assertThat(trial.status().pendingChanges()).hasSize(4);
        assertThat(trial.status().pendingChanges().getFirst())
                .startsWith("create role arn:aws:iam::111122223333:role/");
        assertThat(trial.status().pendingChanges().getLast()).startsWith("create ServiceAccount invoices");
        assertThat(trial.condition("Stalled")).isEmpty();
        assertThat(trial.condition("Reconciling")).isEmpty();
        assertThat(trial.operator.notices()).isEmpty();
    }

    @ParameterizedTest(name = "dry run: {0}")
    @ValueSource(booleans = {false, true})
    void goesAtOnceWhenItIsDeletedAndHoldsNothing(boolean dryRun) {
        ReconcileHarness trial = quiet(dryRun);
        trial.operator.settle();
        trial.delete();
        trial.operator.settle();
        assertThat(trial.isClean()).isTrue();
        assertNothingWritten(trial);
    }

    @Test
    void plansAChangeToARoleThatIsThereAndForgetsThePlanOnceItIsDone() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        String changed = SUSPENDED.replace("AmazonS3ReadOnlyAccess", "Other");
        trial.apply(changed);
        trial.operator.settle();
        assertNothingWritten(trial);
        assertThat(trial.status().pendingChanges())
                .containsExactly(
                        "attach policy arn:aws:iam::aws:policy/Other to role " + ROLE,
                        "detach policy arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess from role " + ROLE);
        trial.apply(changed.replace("suspend: true", "suspend: false"));
        trial.operator.settle();
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.status().pendingChanges()).isEmpty();
        assertThat(trial.role().attached()).containsExactly("arn:aws:iam::aws:policy/Other");
    }

    @Test
    void saysThatNothingIsToBeChangedWhenNothingIs() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.apply(SUSPENDED);
        trial.operator.settle();
        assertThat(trial.status().pendingChanges()).isEmpty();
        assertThat(trial.reason()).isEqualTo("Suspended");
        assertThat(trial.status().role()).isNotNull();
    }

    @Test
    void holdsTheDeletionOfASuspendedResourceAndNamesBothWaysOut() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.apply(SUSPENDED);
        trial.operator.settle();
        trial.delete();
        trial.operator.run(Duration.ofHours(1));
        assertNothingWritten(trial);
        assertThat(trial.reason()).isEqualTo("DeletionBlocked");
        assertThat(trial.message()).contains("spec.suspend").contains(IamServiceAccount.FINALIZER);
        assertThat(trial.operator.iam().role(ROLE)).isPresent();
        trial.apply(USUAL);
        trial.operator.settle();
        assertThat(trial.isClean()).isTrue();
    }

    @Test
    void letsASuspendedResourceGoWhenTheFinalizerIsTakenOffByHand() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.apply(SUSPENDED);
        trial.operator.settle();
        trial.delete();
        trial.operator.run(Duration.ofSeconds(1));
        trial.operator.hands().edit(NS, NAME, resource -> {
            resource.removeFinalizer(IamServiceAccount.FINALIZER);
            return resource;
        });
        trial.operator.settle();
        assertThat(trial.resource()).isEmpty();
        assertThat(trial.operator.iam().role(ROLE)).isPresent();
    }

    @Test
    void leavesDeletionsAloneInADryRun() {
        ReconcileHarness trial = new ReconcileHarness(DRY);
        trial.apply(USUAL);
        trial.operator.hands().edit(NS, NAME, resource -> {
            resource.addFinalizer(IamServiceAccount.FINALIZER);
            return resource;
        });
        trial.operator.settle();
        trial.delete();
        trial.operator.settle();
        assertThat(trial.resource()).isPresent();
        assertNothingWritten(trial);
    }
}
