package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.port.CallInterceptor;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Two resources of one namespace that name the same ServiceAccount. */
class SharedServiceAccountTest {
    private static final String SHARING = USUAL + "serviceAccounts: [{name: shared}]";

    private static String pointer(ReconcileHarness harness) {
        return Objects.requireNonNull(harness.operator
                .users()
                .serviceAccount(NS, "shared")
                .orElseThrow()
                .annotations()
                .get("eks.amazonaws.com/role-arn"));
    }

    private static ReconcileHarness two(String first, String second, Duration between) {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.users().apply(NS, first, SHARING);
        harness.operator.run(between);
        harness.operator.users().apply(NS, second, SHARING);
        harness.operator.settle();
        return harness;
    }

    @Test
    void prefersTheOlderResource() {
        ReconcileHarness harness = two("zebra", "ant", Duration.ofSeconds(5));
        assertThat(harness.isReady("zebra")).isTrue();
        assertThat(harness.reason("ant")).isEqualTo("ServiceAccountConflict");
        assertThat(harness.status("ant").conditions().getFirst().message()).contains("zebra");
        assertThat(harness.operator.iam().roles()).hasSize(1);
        assertThat(pointer(harness)).endsWith("zebra");
        assertThat(harness.operator.isScheduled(NS, "ant")).isFalse();
    }

    @Test
    void prefersTheFirstNameForResourcesOfTheSameAge() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.users().apply(NS, "zebra", SHARING);
        harness.operator.users().apply(NS, "ant", SHARING);
        harness.operator.settle();
        assertThat(harness.isReady("ant")).isTrue();
        assertThat(harness.reason("zebra")).isEqualTo("ServiceAccountConflict");
    }

    @Test
    void handsOverTheServiceAccountWhenTheOlderResourceIsDeleted() {
        ReconcileHarness harness = two("first", "second", Duration.ofSeconds(5));
        String uid = harness.operator
                .users()
                .serviceAccount(NS, "shared")
                .orElseThrow()
                .uid();
        harness.operator
                .interceptor()
                .after(call -> assertThat(harness.operator.users().serviceAccount(NS, "shared"))
                        .as("after %s", call)
                        .hasValueSatisfying(account -> assertThat(account.uid()).isEqualTo(uid)));
        harness.operator.users().delete(NS, "first");
        harness.operator.settle();
        assertThat(harness.operator.users().resource(NS, "first")).isEmpty();
        assertThat(harness.isReady("second")).isTrue();
        assertThat(pointer(harness)).endsWith("second");
        assertThat(harness.status("second").serviceAccounts())
                .singleElement()
                .satisfies(account -> assertThat(account.created()).isTrue());
        assertThat(harness.operator.iam().roles()).hasSize(1);
        harness.operator.interceptor().removeHooks();
        harness.operator.users().delete(NS, "second");
        harness.operator.settle();
        assertThat(harness.isClean()).isTrue();
    }

    @Test
    void movesTheOwnerReferenceBeforeDeletingTheRole() {
        ReconcileHarness harness = two("first", "second", Duration.ofSeconds(5));
        harness.forgetCalls();
        harness.operator.users().delete(NS, "first");
        harness.operator.settle();
        List<String> writes = harness.operator.interceptor().calls().stream()
                .filter(call -> call.action().equals("patch serviceaccounts")
                        || call.action().equals("iam:DeleteRole"))
                .map(CallInterceptor.ExternalCall::action)
                .toList();
        assertThat(writes.indexOf("patch serviceaccounts")).isLessThan(writes.indexOf("iam:DeleteRole"));
    }

    @Test
    void handsOverToTheNextOldestOfThree() {
        ReconcileHarness harness = two("a", "b", Duration.ofSeconds(5));
        harness.operator.run(Duration.ofSeconds(5));
        harness.operator.users().apply(NS, "c", SHARING);
        harness.operator.settle();
        harness.operator.users().delete(NS, "a");
        harness.operator.settle();
        assertThat(harness.isReady("b")).isTrue();
        assertThat(harness.reason("c")).isEqualTo("ServiceAccountConflict");
        assertThat(harness.status("c").conditions().getFirst().message()).contains("IamServiceAccount b");
    }

    @Test
    void leavesTheOwnerAloneWhenALosingResourceIsDeleted() {
        ReconcileHarness harness = two("first", "second", Duration.ofSeconds(5));
        harness.forgetCalls();
        harness.operator.users().delete(NS, "second");
        harness.operator.settle();
        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();
        assertThat(harness.isReady("first")).isTrue();
        assertThat(pointer(harness)).endsWith("first");
        assertThat(harness.operator.users().resource(NS, NAME)).isEmpty();
    }

    @Test
    void keepsTheOwnerOfTwoResourcesOfTheSameAgeAfterARestart() {
        ReconcileHarness harness = two("zebra", "ant", Duration.ZERO);
        for (int i = 0; i < 2; i++) {
            assertThat(harness.isReady("zebra")).isTrue();
            assertThat(harness.reason("ant")).isEqualTo("ServiceAccountConflict");
            assertThat(pointer(harness)).endsWith("zebra");
            harness.operator.restart();
            harness.operator.settle();
        }
    }

    @Test
    void keepsTheServiceAccountWhileTheDeletionIsSuspended() {
        ReconcileHarness harness = two("first", "second", Duration.ofSeconds(5));
        harness.operator.users().apply(NS, "first", SHARING + "\nsuspend: true");
        harness.operator.users().delete(NS, "first");
        harness.operator.restart();
        harness.operator.run(Duration.ofMinutes(5));
        assertThat(harness.reason("first")).isEqualTo("DeletionBlocked");
        assertThat(harness.reason("second")).isEqualTo("ServiceAccountConflict");
        assertThat(harness.status("second").conditions().getFirst().message()).contains("is being deleted");
        assertThat(pointer(harness)).endsWith("first");
        harness.operator.users().apply(NS, "first", SHARING);
        harness.operator.settle();
        assertThat(harness.isReady("second")).isTrue();
        assertThat(pointer(harness)).endsWith("second");
    }

    @Test
    void resolvesMutualListsAsTheMessagesSay() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.users().apply(NS, "ant", USUAL + "serviceAccounts: [{name: ant}, {name: cow}]");
        harness.operator.users().apply(NS, "cow", USUAL + "serviceAccounts: [{name: cow}, {name: ant}]");
        harness.operator.settle();
        assertThat(harness.status("ant").conditions().getFirst().message())
                .contains("ServiceAccount cow; remove it from spec.serviceAccounts of this resource");
        assertThat(harness.status("cow").conditions().getFirst().message())
                .contains("ServiceAccount ant; remove it from spec.serviceAccounts of this resource");
        assertThat(harness.operator.users().serviceAccounts()).isEmpty();

        harness.operator.users().apply(NS, "cow", USUAL);
        harness.operator.settle();
        assertThat(harness.isReady("cow")).isTrue();
        assertThat(harness.isReady("ant")).isFalse();

        harness.operator.users().apply(NS, "ant", USUAL);
        harness.operator.settle();
        assertThat(harness.isReady("ant")).isTrue();
    }
}
