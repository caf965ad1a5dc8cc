package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.aws.IamRoles;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.plan.RoleChange.CreateRole;
import dev.irsa.fixtures.operator.CrashInterceptor.Cut;
import dev.irsa.fixtures.operator.CrashInterceptor.Killed;
import dev.irsa.fixtures.operator.DefaultSettings;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.fixtures.reconcile.Statuses;
import dev.irsa.port.CallInterceptor;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Found by the simulation: a CreateRole call got no response, and the next attempt created the role. After that role
 * and its resource were deleted, the first call took effect and left a role without an owner.
 */
class LostCreateRoleTest {
    /** The first CreateRole has not reached IAM yet, and the second one has created the role. */
    static ReconcileHarness readyWithCreateRoleInFlight() {
        ReconcileHarness harness = new ReconcileHarness();
        boolean[] cut = {false};
        harness.operator.interceptor().before(call -> {
            if (!cut[0] && call.action().equals("iam:CreateRole")) {
                cut[0] = true;
                harness.operator.interceptor().cut(1, Cut.FAIL_BEFORE);
            }
        });
        harness.apply(USUAL);
        harness.operator.run(Duration.ofSeconds(20));
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.operator.iam().calls().of("CreateRole")).isOne();
        return harness;
    }

    static void createRoleTakesEffect(ReconcileHarness harness) {
        takesEffect(harness, firstCreateRole(harness));
    }

    private static CreateRole firstCreateRole(ReconcileHarness harness) {
        return (CreateRole) harness.operator.changes().stream()
                .filter(CreateRole.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private static void takesEffect(ReconcileHarness harness, CreateRole creation) {
        new IamRoles(harness.operator.iam(), CallInterceptor.NONE).create(creation);
    }

    private static void killedAtCreateRole(ReconcileHarness harness, Cut cut) {
        harness.operator.interceptor().before(call -> {
            if (call.action().equals("iam:CreateRole")) {
                harness.operator.interceptor().cut(1, cut);
            }
        });
        assertThatThrownBy(harness.operator::now).isInstanceOf(Killed.class);
        harness.operator.interceptor().removeHooks();
    }

    private static void assertNothingLeftBehind(ReconcileHarness harness) {
        harness.delete();
        harness.operator.now();
        assertThat(harness.operator.iam().role(ROLE)).isEmpty();
        createRoleTakesEffect(harness);
        harness.operator.settle();
        assertThat(harness.isClean()).isTrue();
    }

    @Test
    void leavesNoRoleBehindWhenCreateRoleTakesEffectAfterTheDeletion() {
        assertNothingLeftBehind(readyWithCreateRoleInFlight());
    }

    @Test
    void leavesNoRoleBehindWhenCreateRoleOfThePreviousProcessTakesEffect() {
        ReconcileHarness harness = readyWithCreateRoleInFlight();
        harness.operator.restart();
        assertNothingLeftBehind(harness);
    }

    /** The name is free again after the retained role was deleted by hand. */
    @Test
    void leavesNoRoleBehindWhenCreateRoleTakesEffectAfterARetainedRoleWasDeletedByHand() {
        ReconcileHarness harness = readyWithCreateRoleInFlight();
        harness.apply(USUAL + "deletionPolicy: Retain");
        harness.operator.now();
        harness.delete();
        harness.operator.now();
        assertThat(harness.role().tags()).doesNotContainKey(OwnershipTags.RESOURCE);
        harness.operator.iam().console().delete(ROLE);
        createRoleTakesEffect(harness);
        harness.operator.settle();
        assertThat(harness.resource()).isEmpty();
        assertThat(harness.role().tags()).doesNotContainKey(OwnershipTags.RESOURCE);
    }

    /** The new process adds the finalizer again. That does not prove that no earlier process wrote. */
    @Test
    void leavesNoRoleBehindWhenTheFinalizerWasRemovedBeforeTheRestart() {
        ReconcileHarness harness = readyWithCreateRoleInFlight();
        harness.operator.users().edit(NS, NAME, resource -> {
            resource.getMetadata().setFinalizers(List.of());
            return resource;
        });
        harness.operator.restart();
        harness.operator.now();
        assertNothingLeftBehind(harness);
    }

    /**
     * The process that sent CreateRole did not know the role. The age of the role says nothing about calls in flight.
     */
    @Test
    void leavesNoRoleBehindWhenAnOlderRoleOfThatNameExisted() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.apply(USUAL);
        killedAtCreateRole(harness, Cut.KILL_AFTER);
        harness.operator.clock().pass(Duration.ofHours(1));
        harness.operator.restart();
        killedAtCreateRole(harness, Cut.KILL_BEFORE);
        harness.operator.restart();
        harness.operator.now();
        assertThat(harness.reason()).isEqualTo("Reconciling");
        assertThat(harness.message()).startsWith("waiting to rule out a stale IAM read");
        harness.delete();
        harness.operator.now();
        assertThat(harness.operator.iam().role(ROLE)).isEmpty();
        takesEffect(harness, firstCreateRole(ReconcileHarness.ready(USUAL)));
        harness.operator.settle();
        assertThat(harness.isClean()).isTrue();
    }

    @Test
    void deletesAResourceWhoseStatusHasAnInvalidTime() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.users().edit(NS, NAME, resource -> {
            resource.setStatus(Statuses.of(
                    harness.status().observedGeneration(),
                    harness.status().role(),
                    harness.status().serviceAccounts().getFirst(),
                    List.of(),
                    List.of(new Condition("Ready", "True", 1, "yesterday", "Ready", ""))));
            return resource;
        });
        harness.delete();
        harness.operator.now();
        assertThat(harness.isClean()).isTrue();
    }

    @Test
    void removesTheFinalizerAtOnceWhenEveryResponseWasReceived() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.delete();
        harness.operator.now();
        assertThat(harness.isClean()).isTrue();
    }

    @Test
    void removesTheFinalizerAtOnceWhenTheRoleIsOlderThanThreeWindows() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.run(DefaultSettings.RECONCILE.consistencyWindow().multipliedBy(3));
        harness.operator.restart();
        harness.delete();
        harness.operator.now();
        assertThat(harness.isClean()).isTrue();
    }
}
