package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.fixtures.iam.RoleRecord;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.port.Gate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Found by the simulation: what a watch shows may have gone, or be older than what this process wrote itself. */
class StaleWatchTest {
    private static IamServiceAccount shown(ReconcileHarness harness) {
        return harness.resource().orElseThrow();
    }

    /** The process has begun, knows the provider, and its watch is yet to show what has become of the resource. */
    private static void beginsAnew(ReconcileHarness harness) {
        harness.operator.restart();
        harness.operator.now();
        harness.forgetCalls();
    }

    private static List<String> holds(ReconcileHarness harness) {
        return harness.operator.gate().clusterWrites().stream()
                .filter("patch iamserviceaccounts"::equals)
                .toList();
    }

    @Test
    void oneThatWasLetGoIsNotActedUponAgainThoughItsLastSpecWouldDeleteTheRole() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL + "deletionPolicy: Retain");
        harness.operator.run(Duration.ofMinutes(10));
        // IAM goes on showing the tags by which the role was the resource's.
        harness.operator.iam().consistency().lag(Duration.ofSeconds(50));
        harness.delete();
        IamServiceAccount going = shown(harness);
        harness.apply(USUAL + "deletionPolicy: Delete");
        IamServiceAccount changed = shown(harness);

        harness.operator.reconcile(going);
        assertThat(harness.resource()).isEmpty();
        RoleRecord retained = harness.role();
        harness.forgetCalls();
        harness.operator.reconcile(changed);

        assertThat(harness.operator.gate().calls()).isEmpty();
        assertThat(harness.operator.iam().role(ROLE)).contains(retained);
    }

    @Test
    void makesNoRoleForOneThatHasGoneBeforeThisProcessBegan() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        IamServiceAccount before = shown(harness);
        harness.delete();
        harness.operator.settle();
        beginsAnew(harness);

        harness.operator.reconcile(before);

        assertThat(harness.operator.iam().calls().of("CreateRole")).isZero();
        assertThat(harness.isClean()).isTrue();
    }

    /** It had the name before, and has made way for another since, made by the leader before this one. */
    @Test
    void neitherDeletesNorWritesTheRoleOfTheNextOneOfThatName() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        IamServiceAccount atWork = shown(harness);
        harness.delete();
        IamServiceAccount going = shown(harness);
        harness.operator.settle();
        harness.apply(USUAL.replace("AmazonS3ReadOnlyAccess", "AmazonSQSReadOnlyAccess"));
        harness.operator.settle();
        RoleRecord next = harness.role();
        beginsAnew(harness);

        harness.operator.reconcile(atWork);
        harness.operator.reconcile(going);

        assertThat(harness.operator.gate().awsWrites()).isEmpty();
        assertThat(harness.role()).isEqualTo(next);
        assertThat(harness.pointer()).isPresent();
    }

    /** The leader before this one has deleted its role already, and died. */
    @Test
    void pointsAtNoRoleForOneThatIsGoing() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        IamServiceAccount atRest = shown(harness);
        harness.delete();
        beginsAnew(harness);
        harness.operator.hands().deleteServiceAccount(NS, NAME);

        harness.operator.reconcile(atRest);

        assertThat(harness.operator.gate().clusterWrites())
                .doesNotContain("create serviceaccounts", "patch serviceaccounts");
    }

    @Test
    void makesNoRoleForOneThatHasLostTheFinalizerBeforeItHasItAgain() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        beginsAnew(harness);
        harness.apply(USUAL + "role: {description: changed}");
        IamServiceAccount before = shown(harness);
        harness.operator.iam().console().delete(ROLE);
        harness.operator.hands().edit(NS, NAME, resource -> {
            resource.removeFinalizer(IamServiceAccount.FINALIZER);
            return resource;
        });

        harness.operator.reconcile(before);

        assertThat(harness.operator.iam().role(ROLE)).isPresent();
        assertThat(shown(harness).hasFinalizer(IamServiceAccount.FINALIZER)).isTrue();
        assertThat(harness.operator.gate().calls().stream().map(Gate.OutsideCall::action))
                .containsSubsequence("patch iamserviceaccounts", "iam:CreateRole");
    }

    @Test
    void holdsOnceHoweverOftenTheRoleCannotBeMade() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.iam().faults().throttle("CreateRole");
        harness.apply(USUAL);
        harness.operator.run(Duration.ofMinutes(5));
        assertThat(harness.operator.iam().calls().of("CreateRole")).isGreaterThan(3);
        assertThat(holds(harness)).hasSize(1);
    }

    @Test
    void releasesAPointerThatItsWatchHasNotShown() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.hands().annotate(NS, NAME, "kubectl", Map.of("team", "a"));
        harness.operator.seesServiceAccountsAsTheyAre();
        harness.apply(USUAL);
        harness.operator.settle();
        assertThat(harness.pointer()).isPresent();

        harness.delete();
        harness.operator.settle();

        assertThat(harness.resource()).isEmpty();
        assertThat(harness.serviceAccount().annotations()).doesNotContainKey(DesiredServiceAccount.ROLE_ARN);
    }
}
