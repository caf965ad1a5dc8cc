package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.RoleStatus;
import dev.irsa.fixtures.cluster.InMemoryEntitlements;
import dev.irsa.fixtures.operator.CrashInterceptor;
import dev.irsa.fixtures.operator.SimulatedOperator;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.fixtures.reconcile.Statuses;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator creates no roles beyond limits.rolesPerNamespace, keeps existing roles, and leaves no free quota unused. */
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
                allow:
                  managedPolicies: [AmazonS3ReadOnlyAccess]
                  deletionPolicies: [Retain]
                  roleNames: ["*"]
                  rolePaths: ["/*"]
                limits:
                  rolesPerNamespace: %d
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
                        "denied by IamEntitlement everything because the namespace has reached limits.rolesPerNamespace (2);"
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
        assertThat(harness.reason("c")).as("the role of a exists").isEqualTo("NotEntitled");
        operator.iam().console().delete("prod_payments_a");
        operator.run(Duration.ofHours(2));

        assertThat(ready()).containsExactly("b", "c");
    }

    @Test
    void retainsNoMoreRolesThanTheQuotaAllows() {
        limitRoles(1);
        for (int i = 0; i < 8; i++) {
            operator.users().apply(NS, "r" + i, SPEC + "\ndeletionPolicy: Retain");
            operator.settle();
            operator.users().delete(NS, "r" + i);
            operator.settle();
        }

        assertThat(operator.iam().roles()).hasSize(1);
        apply("next");
        operator.settle();
        assertThat(harness.reason("next")).isEqualTo("NotEntitled");
    }

    @Test
    void countsTheRolesThatAnEarlierProcessRetained() {
        limitRoles(1);
        retain("r0");
        operator.restart();
        apply("next");
        operator.settle();
        assertThat(harness.reason("next")).isEqualTo("NotEntitled");
        assertThat(operator.reports().getLast().roles().retained()).isOne();

        operator.iam().console().delete("prod_payments_r0");
        operator.run(Duration.ofHours(2));
        assertThat(ready()).containsExactly("next");
    }

    @Test
    void countsARetainedRoleWhoseResourceOutlivedTheProcess() {
        limitRoles(1);
        operator.users().apply(NS, "r0", SPEC + "\ndeletionPolicy: Retain");
        operator.settle();
        operator.users().delete(NS, "r0");
        operator.interceptor().cut(3, CrashInterceptor.Cut.KILL_AFTER);
        try {
            operator.now();
        } catch (CrashInterceptor.Killed e) {
            operator.restart();
        }
        apply("next");
        operator.settle();

        assertThat(harness.reason("next")).isEqualTo("NotEntitled");
        assertThat(operator.iam().roles()).hasSize(1);
    }

    @Test
    void givesARetainedRoleBackToItsResource() {
        limitRoles(1);
        retain("r0");
        apply("next");
        operator.settle();
        operator.users().apply(NS, "r0", SPEC + "\nrole: {adoption: IfOffered}");
        operator.settle();

        assertThat(ready()).containsExactly("r0");
        assertThat(operator.iam().roles()).hasSize(1);
        operator.users().apply(NS, "r0", SPEC + "\nrole: {adoption: IfOffered}\ndeletionPolicy: Delete");
        operator.users().delete(NS, "r0");
        operator.settle();
        assertThat(ready()).containsExactly("next");
    }

    @Test
    void countsSeveralRolesThatWereRetainedForTheSameResource() {
        limitRoles(2);
        for (int i = 0; i < 4; i++) {
            operator.users().apply(NS, "r", SPEC + "\nrole: {name: custom-" + i + "}\ndeletionPolicy: Retain");
            operator.settle();
            operator.users().delete(NS, "r");
            operator.settle();
        }

        assertThat(operator.iam().roles()).hasSize(2);
    }

    private void retain(String name) {
        operator.users().apply(NS, name, SPEC + "\ndeletionPolicy: Retain");
        operator.settle();
        operator.users().delete(NS, name);
        operator.settle();
    }

    @Test
    void waitsWithTheLastPlaceUntilASweepSucceeds() {
        limitRoles(2);
        retain("r0");
        operator.iam().faults().deny("GetAccountAuthorizationDetails");
        operator.restart();
        apply("a", "b");
        operator.run(Duration.ofMinutes(30));

        assertThat(ready()).as("not the last place").containsExactly("a");
        assertThat(harness.reason("b")).isEqualTo("Reconciling");
        assertThat(harness.status("b").conditions().getFirst().message())
                .contains("iam:GetAccountAuthorizationDetails");

        operator.iam().faults().none();
        operator.run(Duration.ofMinutes(30));
        assertThat(harness.reason("b")).as("r0 has the last place").isEqualTo("NotEntitled");
    }

    @Test
    void keepsAndChangesExistingRolesWithoutASweep() {
        apply("a", "b");
        operator.settle();
        operator.iam().faults().deny("GetAccountAuthorizationDetails");
        operator.restart();
        operator.users().apply(NS, "b", "policies: {managed: []}");
        operator.run(Duration.ofMinutes(5));

        assertThat(ready()).containsExactly("a", "b");
        assertThat(operator.iam().role("prod_payments_b").orElseThrow().attached())
                .isEmpty();
    }

    @Test
    void grantsNoPlaceForAForgedRoleInAStatus() {
        apply("a", "b", "c");
        operator.settle();
        operator.users().edit(NS, "c", resource -> {
            RoleStatus forged = new RoleStatus("prod_payments_c", "AROAFORGED", Map.of(), List.of());
            resource.setStatus(Statuses.of(1, forged, null, List.of(), List.of()));
            return resource;
        });
        operator.restart();
        operator.settle();

        assertThat(operator.iam().roles()).hasSize(2);
        assertThat(harness.reason("c")).isEqualTo("NotEntitled");
    }
}
