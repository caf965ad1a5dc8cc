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
class LateWatchTest {
    private static IamServiceAccount shown(ReconcileHarness trial) {
        return trial.resource().orElseThrow();
    }

    /** The process has begun, knows the provider, and its watch is yet to show what has become of the resource. */
    private static void beginsAnew(ReconcileHarness trial) {
        trial.operator.restart();
        trial.operator.now();
        trial.forgetCalls();
    }

    private static List<String> holds(ReconcileHarness trial) {
        return trial.operator.gate().clusterWrites().stream()
                .filter("patch iamserviceaccounts"::equals)
                .toList();
    }

    @Test
    void oneThatWasLetGoIsNotActedUponAgainThoughItsLastSpecWouldDeleteTheRole() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL + "deletionPolicy: Retain");
        trial.operator.run(Duration.ofMinutes(10));
        // IAM goes on showing the tags by which the role was the resource's.
        trial.operator.iam().consistency().lag(Duration.ofSeconds(50));
        trial.delete();
        IamServiceAccount going = shown(trial);
        trial.apply(USUAL + "deletionPolicy: Delete");
        IamServiceAccount changed = shown(trial);

        trial.operator.reconcile(going);
        assertThat(trial.resource()).isEmpty();
        RoleRecord retained = trial.role();
        trial.forgetCalls();
        trial.operator.reconcile(changed);

        assertThat(trial.operator.gate().calls()).isEmpty();
        assertThat(trial.operator.iam().role(ROLE)).contains(retained);
    }

    @Test
    void makesNoRoleForOneThatHasGoneBeforeThisProcessBegan() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        IamServiceAccount before = shown(trial);
        trial.delete();
        trial.operator.settle();
        beginsAnew(trial);

        trial.operator.reconcile(before);

        assertThat(trial.operator.iam().calls().of("CreateRole")).isZero();
        assertThat(trial.isClean()).isTrue();
    }

    /** It had the name before, and has made way for another since, made by the leader before this one. */
    @Test
    void neitherDeletesNorWritesTheRoleOfTheNextOneOfThatName() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        IamServiceAccount atWork = shown(trial);
        trial.delete();
        IamServiceAccount going = shown(trial);
        trial.operator.settle();
        trial.apply(USUAL.replace("AmazonS3ReadOnlyAccess", "AmazonSQSReadOnlyAccess"));
        trial.operator.settle();
        RoleRecord next = trial.role();
        beginsAnew(trial);

        trial.operator.reconcile(atWork);
        trial.operator.reconcile(going);

        assertThat(trial.operator.gate().awsWrites()).isEmpty();
        assertThat(trial.role()).isEqualTo(next);
        assertThat(trial.pointer()).isPresent();
    }

    /** The leader before this one has deleted its role already, and died. */
    @Test
    void pointsAtNoRoleForOneThatIsGoing() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        IamServiceAccount atRest = shown(trial);
        trial.delete();
        beginsAnew(trial);
        trial.operator.hands().deleteServiceAccount(NS, NAME);

        trial.operator.reconcile(atRest);

        assertThat(trial.operator.gate().clusterWrites())
                .doesNotContain("create serviceaccounts", "patch serviceaccounts");
    }

    @Test
    void makesNoRoleForOneThatHasLostTheFinalizerBeforeItHasItAgain() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        beginsAnew(trial);
        trial.apply(USUAL + "role: {description: changed}");
        IamServiceAccount before = shown(trial);
        trial.operator.iam().console().delete(ROLE);
        trial.operator.hands().edit(NS, NAME, resource -> {
            resource.removeFinalizer(IamServiceAccount.FINALIZER);
            return resource;
        });

        trial.operator.reconcile(before);

        assertThat(trial.operator.iam().role(ROLE)).isPresent();
        assertThat(shown(trial).hasFinalizer(IamServiceAccount.FINALIZER)).isTrue();
        assertThat(trial.operator.gate().calls().stream().map(Gate.OutsideCall::action))
                .containsSubsequence("patch iamserviceaccounts", "iam:CreateRole");
    }

    @Test
    void holdsOnceHoweverOftenTheRoleCannotBeMade() {
        ReconcileHarness trial = new ReconcileHarness();
        trial.operator.iam().faults().throttle("CreateRole");
        trial.apply(USUAL);
        trial.operator.run(Duration.ofMinutes(5));
        assertThat(trial.operator.iam().calls().of("CreateRole")).isGreaterThan(3);
        assertThat(holds(trial)).hasSize(1);
    }

    @Test
    void releasesAPointerThatItsWatchHasNotShown() {
        ReconcileHarness trial = new ReconcileHarness();
        trial.operator.hands().annotate(NS, NAME, "kubectl", Map.of("team", "a"));
        trial.operator.seesServiceAccountsAsTheyAre();
        trial.apply(USUAL);
        trial.operator.settle();
        assertThat(trial.pointer()).isPresent();

        trial.delete();
        trial.operator.settle();

        assertThat(trial.resource()).isEmpty();
        assertThat(trial.serviceAccount().annotations()).doesNotContainKey(DesiredServiceAccount.ROLE_ARN);
    }
}
