package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.fixtures.operator.DefaultSettings;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator plans and reports the changes that it must not make. */
class SuspendTest {
    private static final String SUSPENDED = USUAL + "suspend: true";
    private static final ReconcileSettings DRY = new ReconcileSettings(
            true, Duration.ofSeconds(60), Duration.ofMinutes(5), 16, DefaultSettings.RECONCILE.audiences(), false);

    private static ReconcileHarness withoutWrites(boolean dryRun) {
        ReconcileHarness harness = new ReconcileHarness(dryRun ? DRY : DefaultSettings.RECONCILE);
        harness.apply(dryRun ? USUAL : SUSPENDED);
        return harness;
    }

    private static void assertNothingWritten(ReconcileHarness harness) {
        assertThat(harness.operator.iam().calls().writes()).isZero();
        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();
        assertThat(harness.operator.interceptor().clusterWrites()).containsOnly("patch iamserviceaccounts/status");
    }

    @ParameterizedTest(name = "dry run: {0}")
    @ValueSource(booleans = {false, true})
    void showsThePlanOfANewRoleAndWritesNothing(boolean dryRun) {
        ReconcileHarness harness = withoutWrites(dryRun);
        harness.operator.settle();
        assertNothingWritten(harness);
        assertThat(harness.resource().orElseThrow().getMetadata().getFinalizers())
                .isEmpty();
        assertThat(harness.reason()).isEqualTo("Suspended");
        assertThat(harness.status().pendingChanges()).hasSize(4);
        assertThat(harness.status().pendingChanges().getFirst())
                .startsWith("create role arn:aws:iam::111122223333:role/");
        assertThat(harness.status().pendingChanges().getLast()).startsWith("create ServiceAccount invoices");
        assertThat(harness.condition("Stalled")).isEmpty();
        assertThat(harness.condition("Reconciling")).isEmpty();
        assertThat(harness.operator.operatorEvents()).isEmpty();
    }

    @ParameterizedTest(name = "dry run: {0}")
    @ValueSource(booleans = {false, true})
    void deletesAtOnceAResourceWithoutFinalizer(boolean dryRun) {
        ReconcileHarness harness = withoutWrites(dryRun);
        harness.operator.settle();
        harness.delete();
        harness.operator.settle();
        assertThat(harness.isClean()).isTrue();
        assertNothingWritten(harness);
    }

    @Test
    void showsAPendingChangeAndClearsItOnceApplied() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        String changed = SUSPENDED.replace("AmazonS3ReadOnlyAccess", "Other");
        harness.apply(changed);
        harness.operator.settle();
        assertNothingWritten(harness);
        assertThat(harness.status().pendingChanges())
                .containsExactly(
                        "attach policy arn:aws:iam::aws:policy/Other to role " + ROLE,
                        "detach policy arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess from role " + ROLE);
        harness.apply(changed.replace("suspend: true", "suspend: false"));
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.status().pendingChanges()).isEmpty();
        assertThat(harness.role().attached()).containsExactly("arn:aws:iam::aws:policy/Other");
    }

    @Test
    void reportsNoPendingChangesWhenUpToDate() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.apply(SUSPENDED);
        harness.operator.settle();
        assertThat(harness.status().pendingChanges()).isEmpty();
        assertThat(harness.reason()).isEqualTo("Suspended");
        assertThat(harness.status().role()).isNotNull();
    }

    /** Found by the simulation: nothing read the role again, and its status said for good that it did not exist. */
    @Test
    void showsTheRoleThatTheProcessBeforeCreatedOnceIamDoes() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.iam().consistency().lag(Duration.ofSeconds(10));
        harness.apply("suspend: false");
        harness.operator.now();
        harness.apply("suspend: true");
        harness.operator.restart();
        harness.operator.run(Duration.ofSeconds(5));
        assertThat(harness.condition("Available").orElseThrow().reason()).isEqualTo("RoleNotFound");
        harness.operator.run(Duration.ofMinutes(10));
        assertThat(harness.condition("Available").orElseThrow().status()).isEqualTo("True");
        assertThat(harness.status().pendingChanges()).isEmpty();
    }

    @Test
    void blocksTheDeletionOfASuspendedResourceAndExplainsBothRemedies() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.apply(SUSPENDED);
        harness.operator.settle();
        harness.delete();
        harness.operator.run(Duration.ofHours(1));
        assertNothingWritten(harness);
        assertThat(harness.reason()).isEqualTo("DeletionBlocked");
        assertThat(harness.message()).contains("spec.suspend").contains(IamServiceAccount.FINALIZER);
        assertThat(harness.operator.iam().role(ROLE)).isPresent();
        harness.apply(USUAL);
        harness.operator.settle();
        assertThat(harness.isClean()).isTrue();
    }

    @Test
    void keepsTheRoleWhenTheFinalizerOfASuspendedResourceIsRemoved() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.apply(SUSPENDED);
        harness.operator.settle();
        harness.delete();
        harness.operator.run(Duration.ofSeconds(1));
        harness.operator.users().edit(NS, NAME, resource -> {
            resource.removeFinalizer(IamServiceAccount.FINALIZER);
            return resource;
        });
        harness.operator.settle();
        assertThat(harness.resource()).isEmpty();
        assertThat(harness.operator.iam().role(ROLE)).isPresent();
    }

    @Test
    void carriesOutNoDeletionInADryRun() {
        ReconcileHarness harness = new ReconcileHarness(DRY);
        harness.apply(USUAL);
        harness.operator.users().edit(NS, NAME, resource -> {
            resource.addFinalizer(IamServiceAccount.FINALIZER);
            return resource;
        });
        harness.operator.settle();
        harness.delete();
        harness.operator.settle();
        assertThat(harness.resource()).isPresent();
        assertNothingWritten(harness);
    }
}
