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

/** Every role gets the permissions boundary of the entitlement, and the operator never removes a boundary. */
class EntitlementBoundaryTest {
    private static final String POLICY = "arn:aws:iam::111122223333:policy/";

    private static void bound(ReconcileHarness harness, String policy) {
        harness.operator.limit(limits -> limits.apply(InMemoryEntitlements.EVERYTHING, """
                namespaceSelector: {}
                allow:
                  managedPolicies: ["*"]
                  inlineActions: ["*"]
                require:
                  permissionsBoundaryARN: %s%s
                """.formatted(POLICY, policy)));
    }

    private static void unbound(ReconcileHarness harness) {
        harness.operator.limit(limits -> limits.apply(InMemoryEntitlements.EVERYTHING, """
                namespaceSelector: {}
                allow:
                  managedPolicies: ["*"]
                  inlineActions: ["*"]
                """));
    }

    @Test
    void createsARoleWithTheBoundary() {
        ReconcileHarness harness = new ReconcileHarness();
        bound(harness, "first");
        harness.apply(USUAL);
        harness.operator.settle();

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().boundary()).contains(POLICY + "first");
        assertThat(harness.operator.iam().calls().of("PutRolePermissionsBoundary"))
                .isZero();
    }

    @Test
    void setsTheBoundaryOnAnExistingRoleAndFollowsTheEntitlement() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        assertThat(harness.role().boundary()).isEmpty();
        for (String policy : new String[] {"first", "second"}) {
            bound(harness, policy);
            harness.operator.settle();
            assertThat(harness.isReady()).isTrue();
            assertThat(harness.role().boundary()).contains(POLICY + policy);
        }
        assertThat(harness.operator.interceptor().awsWrites())
                .containsExactly("iam:PutRolePermissionsBoundary", "iam:PutRolePermissionsBoundary");
    }

    @Test
    void keepsABoundaryThatWouldHaveToBeRemovedAndStalls() {
        ReconcileHarness harness = new ReconcileHarness();
        bound(harness, "first");
        harness.apply(USUAL);
        harness.operator.settle();
        RoleRecord role = harness.role();
        harness.forgetCalls();
        unbound(harness);
        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.isReady()).isFalse();
        assertThat(harness.condition("Stalled"))
                .hasValueSatisfying(stalled -> assertThat(stalled.message()).contains(POLICY + "first"));
        assertThat(harness.role()).isEqualTo(role);
        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();
    }

    @Test
    void restoresABoundaryRemovedByHand() {
        ReconcileHarness harness = new ReconcileHarness();
        bound(harness, "first");
        harness.apply(USUAL);
        harness.operator.settle();
        harness.operator.iam().console().edit(ROLE, RoleRecord::withoutBoundary);
        harness.operator.run(Duration.ofHours(3));

        assertThat(harness.role().boundary()).contains(POLICY + "first");
    }

    @Test
    void deniesADifferentBoundaryAndAllowsTheSame() {
        ReconcileHarness harness = new ReconcileHarness();
        bound(harness, "first");
        harness.apply(USUAL + "role: {permissionsBoundaryARN: '" + POLICY + "mine'}");
        harness.operator.settle();
        assertThat(harness.reason()).isEqualTo("NotEntitled");
        assertThat(harness.operator.iam().role(ROLE)).isEqualTo(Optional.empty());

        harness.apply(USUAL + "role: {permissionsBoundaryARN: '" + POLICY + "first'}");
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
    }

    @Test
    void leavesTheRoleUnchangedWhenTheEntitlementBecomesInvalid() {
        ReconcileHarness harness = new ReconcileHarness();
        bound(harness, "first");
        harness.apply(USUAL);
        harness.operator.settle();
        RoleRecord role = harness.role();
        harness.operator.limit(limits -> limits.apply(InMemoryEntitlements.EVERYTHING, """
                namespaceSelector: {}
                allow:
                  managedPolicies: ["*"]
                  inlineActions: ["*"]
                require:
                  permissionsBoundaryARN: arn:aws:iam::999988887777:policy/first
                """));
        harness.operator.settle();

        assertThat(harness.reason()).isEqualTo("NotEntitled");
        assertThat(harness.message()).contains("it is invalid");
        assertThat(harness.operator.users().serviceAccount(NS, ReconcileHarness.NAME))
                .isPresent();
        assertThat(harness.role()).isEqualTo(role);
    }
}
