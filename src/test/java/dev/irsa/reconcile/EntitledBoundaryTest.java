package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.cluster.InMemoryEntitlements;
import dev.irsa.fixtures.iam.RoleRecord;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The boundary of the entitlement is the boundary of each role, and never leaves one. */
class EntitledBoundaryTest {
    private static final String POLICY = "arn:aws:iam::111122223333:policy/";

    private static void bound(ReconcileHarness trial, String policy) {
        trial.operator.limit(limits -> limits.apply(InMemoryEntitlements.EVERYTHING, """
                namespaceSelector: {}
                managedPolicies: ["*"]
                inlineActions: ["*"]
                permissionsBoundaryArn: %s%s
                """.formatted(POLICY, policy)));
    }

    private static void unbound(ReconcileHarness trial) {
        trial.operator.limit(limits -> limits.apply(InMemoryEntitlements.EVERYTHING, """
                namespaceSelector: {}
                managedPolicies: ["*"]
                inlineActions: ["*"]
                """));
    }

    @Test
    void aNewRoleIsBornWithIt() {
        ReconcileHarness trial = new ReconcileHarness();
        bound(trial, "first");
        trial.apply(USUAL);
        trial.operator.settle();

        assertThat(trial.isReady()).isTrue();
        assertThat(trial.role().boundary()).contains(POLICY + "first");
        assertThat(trial.operator.iam().calls().of("PutRolePermissionsBoundary"))
                .isZero();
    }

    @Test
    void itIsPutOnARoleThatIsThereAndFollowsTheEntitlement() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        assertThat(trial.role().boundary()).isEmpty();
        for (String policy : new String[] {"first", "second"}) {
            bound(trial, policy);
            trial.operator.settle();
            assertThat(trial.isReady()).isTrue();
            assertThat(trial.role().boundary()).contains(POLICY + policy);
        }
        assertThat(trial.operator.gate().awsWrites())
                .containsExactly("iam:PutRolePermissionsBoundary", "iam:PutRolePermissionsBoundary");
    }

    @Test
    void oneThatWouldHaveToGoStaysAndIsToldAsStalled() {
        ReconcileHarness trial = new ReconcileHarness();
        bound(trial, "first");
        trial.apply(USUAL);
        trial.operator.settle();
        RoleRecord role = trial.role();
        trial.forgetCalls();
        unbound(trial);
        trial.operator.run(Duration.ofHours(1));

        assertThat(trial.isReady()).isFalse();
        assertThat(trial.condition("Stalled"))
                .hasValueSatisfying(stalled -> assertThat(stalled.message()).contains(POLICY + "first"));
        assertThat(trial.role()).isEqualTo(role);
        assertThat(trial.operator.gate().awsWrites()).isEmpty();
    }

    @Test
    void oneThatIsTakenOffByHandIsPutBack() {
        ReconcileHarness trial = new ReconcileHarness();
        bound(trial, "first");
        trial.apply(USUAL);
        trial.operator.settle();
        trial.operator.iam().console().edit(ROLE, RoleRecord::withoutBoundary);
        trial.operator.run(Duration.ofHours(3));

        assertThat(trial.role().boundary()).contains(POLICY + "first");
    }

    @Test
    void aResourceThatAsksForAnotherIsDeniedAndForTheSameIsNot() {
        ReconcileHarness trial = new ReconcileHarness();
        bound(trial, "first");
        trial.apply(USUAL + "role: {permissionsBoundaryArn: '" + POLICY + "mine'}");
        trial.operator.settle();
        assertThat(trial.reason()).isEqualTo("NotEntitled");
        assertThat(trial.operator.iam().role(ROLE)).isEqualTo(Optional.empty());

        trial.apply(USUAL + "role: {permissionsBoundaryArn: '" + POLICY + "first'}");
        trial.operator.settle();
        assertThat(trial.isReady()).isTrue();
    }

    @Test
    void anEntitlementThatBecomesInvalidLeavesTheRoleAsItIs() {
        ReconcileHarness trial = new ReconcileHarness();
        bound(trial, "first");
        trial.apply(USUAL);
        trial.operator.settle();
        RoleRecord role = trial.role();
        trial.operator.limit(limits -> limits.apply(InMemoryEntitlements.EVERYTHING, """
                namespaceSelector: {}
                managedPolicies: ["*"]
                inlineActions: ["*"]
                permissionsBoundaryArn: arn:aws:iam::999988887777:policy/first
                """));
        trial.operator.settle();

        assertThat(trial.reason()).isEqualTo("NotEntitled");
        assertThat(trial.message()).contains("it is invalid");
        assertThat(trial.operator.hands().serviceAccount(NS, ReconcileHarness.NAME))
                .isPresent();
        assertThat(trial.role()).isEqualTo(role);
    }
}
