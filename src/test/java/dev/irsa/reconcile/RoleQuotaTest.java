package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.fixtures.cluster.InMemoryEntitlements;
import dev.irsa.fixtures.operator.SimulatedOperator;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator creates no roles beyond maxRolesPerNamespace, keeps existing roles, and leaves no free quota unused. */
class RoleQuotaTest {
    private static final String SPEC = "policies: {managed: [AmazonS3ReadOnlyAccess]}";
    private final ReconcileHarness harness = new ReconcileHarness();
    private final SimulatedOperator operator = harness.operator;

    @BeforeEach
    void limitToTwoRoles() {
        limitRoles(2);
    }

    private void limitRoles(int most) {
        operator.limit(limits -> limits.apply(InMemoryEntitlements.EVERYTHING, """
                namespaceSelector: {}
                managedPolicies: [AmazonS3ReadOnlyAccess]
                maxRolesPerNamespace: %d
                """.formatted(most)));
    }

    private void apply(String... names) {
        List.of(names).forEach(name -> operator.users().apply(NS, name, SPEC));
    }

    private List<String> ready() {
        return operator.users().resources().stream()
                .map(resource -> resource.getMetadata().getName())
                .filter(harness::isReady)
                .toList();
    }

    private void passAndApply(String name) {
        operator.run(Duration.ofSeconds(2));
        apply(name);
    }

    @Test
    void deniesResourcesBeyondTheQuotaAndReportsWhy() {
        apply("a", "b", "c", "d");
        operator.settle();

        assertThat(ready()).containsExactly("a", "b");
        assertThat(harness.reason("c")).isEqualTo("NotEntitled");
        assertThat(harness.status("c").conditions().getFirst().message())
                .isEqualTo(
                        "denied by IamEntitlement everything because the namespace has reached maxRolesPerNamespace (2);"
                                + " delete a resource that is not needed");
        assertThat(operator.iam().roles()).hasSize(2);
        assertThat(operator.isScheduled(NS, "c")).isFalse();
    }

    @Test
    void admitsTheOldestWaitingResourceAfterADeletion() {
        apply("z");
        passAndApply("y");
        passAndApply("x");
        passAndApply("a");
        operator.settle();
        operator.users().delete(NS, "z");
        operator.settle();

        assertThat(ready()).containsExactly("x", "y");
        assertThat(operator.iam().roles()).hasSize(2);
    }

    @Test
    void doesNotReserveQuotaForADeniedResource() {
        limitRoles(1);
        operator.users().apply(NS, "b", SPEC.replace("AmazonS3ReadOnlyAccess", "AdministratorAccess"));
        apply("c");
        operator.settle();

        assertThat(ready()).containsExactly("c");
    }

    @Test
    void doesNotReserveQuotaForAnInvalidResource() {
        limitRoles(1);
        operator.run(Duration.ofSeconds(2));
        // Requeued in the order of their names, so the younger one is decided first.
        operator.users().apply(NS, "z", "policies: {inline: [{name: doc, document: {}}]}");
        operator.clock().reach(operator.clock().instant().plusSeconds(1));
        apply("a");
        operator.settle();

        assertThat(ready()).containsExactly("a");
        assertThat(harness.reason("z")).isEqualTo("InvalidSpec");
    }

    @Test
    void doesNotAcceptAFinalizerAddedByTheUser() {
        apply("a", "b");
        operator.settle();
        apply("c");
        operator.users().edit(NS, "c", resource -> {
            resource.addFinalizer(IamServiceAccount.FINALIZER);
            return resource;
        });
        operator.settle();

        assertThat(harness.reason("c")).isEqualTo("NotEntitled");
        assertThat(operator.iam().roles()).hasSize(2);
    }

    @Test
    void keepsExistingRolesWhenTheQuotaShrinks() {
        apply("a", "b", "c");
        operator.settle();
        for (int most = 1; most >= 0; most--) {
            limitRoles(most);
            operator.settle();
            assertThat(ready()).as("of " + most).containsExactly("a", "b");
        }
        operator.restart();
        operator.settle();
        assertThat(ready()).containsExactly("a", "b");
        operator.users().delete(NS, "a");
        operator.settle();
        assertThat(ready()).containsExactly("b");
    }

    @Test
    void admitsMoreResourcesWhenTheQuotaGrows() {
        apply("a", "b", "c", "d");
        operator.settle();
        limitRoles(3);
        operator.settle();

        assertThat(ready()).containsExactly("a", "b", "c");
    }

    @Test
    void admitsTheNextResourceAfterADeletionInterruptedByARestart() {
        apply("a", "b", "c");
        operator.settle();
        operator.users().apply(NS, "a", SPEC + "\nsuspend: true");
        operator.settle();
        operator.users().delete(NS, "a");
        operator.run(Duration.ofSeconds(1));
        operator.restart();
        operator.run(Duration.ofSeconds(30));
        assertThat(harness.reason("c")).isEqualTo("NotEntitled");
        operator.users().edit(NS, "a", resource -> {
            resource.removeFinalizer(IamServiceAccount.FINALIZER);
            return resource;
        });
        operator.settle();

        assertThat(ready()).containsExactly("b", "c");
    }
}
