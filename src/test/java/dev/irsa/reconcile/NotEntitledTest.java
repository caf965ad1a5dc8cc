package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.cluster.InMemoryEntitlements;
import dev.irsa.fixtures.cluster.ServiceAccountRecord;
import dev.irsa.fixtures.iam.RoleRecord;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without an entitlement nothing is made, and what is there stays as it is until one is back. */
class NotEntitledTest {
    private static final String TEAM = """
            namespaceSelector: {matchLabels: {team: payments}}
            managedPolicies: [AmazonS3ReadOnlyAccess]
            inlineActions: ["s3:Get*"]
            """;

    private static void takeAway(ReconcileHarness trial) {
        trial.operator.limit(limits -> limits.delete(InMemoryEntitlements.EVERYTHING));
    }

    private static void giveToTeam(ReconcileHarness trial) {
        trial.operator.limit(limits -> limits.apply("team", TEAM));
    }

    private static void label(ReconcileHarness trial, String team) {
        trial.operator.limit(limits -> limits.label(NS, Map.of("team", team)));
    }

    private static void assertOnlyTheStatusIsWritten(ReconcileHarness trial) {
        assertThat(trial.operator.iam().calls().perRole()).isEmpty();
        assertThat(trial.operator.gate().awsWrites()).isEmpty();
        assertThat(trial.operator.gate().clusterWrites()).containsExactly("patch iamserviceaccounts/status");
    }

    @Test
    void makesNothingAndWaitsForNoOtherTry() {
        ReconcileHarness trial = new ReconcileHarness();
        takeAway(trial);
        trial.apply(USUAL);
        trial.operator.settle();

        assertThat(trial.reason()).isEqualTo("NotEntitled");
        assertThat(trial.condition("Stalled"))
                .hasValueSatisfying(
                        stalled -> assertThat(stalled.message()).startsWith("this cluster has no IamEntitlement"));
        assertThat(trial.condition("Reconciling")).isEmpty();
        assertThat(trial.operator.isScheduled(NS, NAME)).isFalse();
        assertThat(trial.operator.pauses()).isEmpty();
        assertThat(trial.resource().orElseThrow().getMetadata().getFinalizers()).isEmpty();
        assertThat(trial.operator.hands().serviceAccounts()).isEmpty();
        assertOnlyTheStatusIsWritten(trial);
    }

    @Test
    void aRightThatIsTakenAwayLeavesAllAsItIs() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        RoleRecord role = trial.role();
        ServiceAccountRecord account = trial.serviceAccount();
        takeAway(trial);
        trial.operator.settle();

        assertThat(trial.reason()).isEqualTo("NotEntitled");
        assertThat(trial.condition("Stalled")).isPresent();
        assertThat(trial.operator.isScheduled(NS, NAME)).isFalse();
        assertThat(trial.role()).isEqualTo(role);
        assertThat(trial.serviceAccount()).isEqualTo(account);
        assertThat(trial.status().role()).isNotNull();
        assertOnlyTheStatusIsWritten(trial);
    }

    @Test
    void aRightThatComesBackMakesItReadyWithoutAWrite() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        RoleRecord role = trial.role();
        takeAway(trial);
        trial.operator.settle();
        trial.forgetCalls();
        giveToTeam(trial);
        label(trial, "payments");
        trial.operator.settle();

        assertThat(trial.isReady()).isTrue();
        assertThat(trial.condition("Stalled")).isEmpty();
        assertThat(trial.role()).isEqualTo(role);
        assertThat(trial.operator.gate().awsWrites()).isEmpty();
    }

    @Test
    void followsTheLabelsOfTheNamespace() {
        ReconcileHarness trial = new ReconcileHarness();
        takeAway(trial);
        giveToTeam(trial);
        trial.apply(USUAL);
        trial.operator.settle();
        assertThat(trial.message()).endsWith("kubectl label namespace payments team=payments");

        label(trial, "payments");
        trial.operator.settle();
        assertThat(trial.isReady()).isTrue();

        label(trial, "other");
        trial.operator.settle();
        assertThat(trial.reason()).isEqualTo("NotEntitled");
        assertThat(trial.message()).contains("team would allow this");
        assertThat(trial.operator.iam().role(ROLE)).isPresent();
    }

    @Test
    void driftIsLeftAloneAndRepairedOnceTheRightIsBack() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        takeAway(trial);
        trial.operator.settle();
        trial.operator.iam().console().edit(ROLE, role -> role.withAttached(ReconcileHarness.SQS));
        trial.operator.run(Duration.ofHours(3));
        assertThat(trial.role().attached()).contains(ReconcileHarness.SQS);

        giveToTeam(trial);
        label(trial, "payments");
        trial.operator.run(Duration.ofHours(3));
        assertThat(trial.role().attached()).containsExactly(ReconcileHarness.S3);
    }

    @Test
    void aChangeBeyondTheRightIsNotMadeInPart() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        takeAway(trial);
        giveToTeam(trial);
        label(trial, "payments");
        trial.operator.settle();
        RoleRecord role = trial.role();
        trial.apply(USUAL.replace("[AmazonS3ReadOnlyAccess]", "[AdministratorAccess]")
                .replace("s3:GetObject", "s3:GetBucketAcl"));
        trial.operator.settle();

        assertThat(trial.reason()).isEqualTo("NotEntitled");
        assertThat(trial.role()).isEqualTo(role);
    }

    @Test
    void deletionNeverAsks() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        takeAway(trial);
        trial.operator.settle();
        trial.delete();
        trial.operator.settle();

        assertThat(trial.isClean()).isTrue();
    }

    @ParameterizedTest(name = "dry run: {0}")
    @ValueSource(booleans = {false, true})
    void whatWritesNothingIsToldAsWell(boolean dryRun) {
        ReconcileHarness trial = new ReconcileHarness(new ReconcileSettings(
                dryRun,
                Duration.ofSeconds(60),
                Duration.ofMinutes(5),
                48,
                ReconcileSettings.DEFAULT.audiences(),
                false));
        takeAway(trial);
        trial.apply(dryRun ? USUAL : USUAL + "suspend: true");
        trial.operator.settle();

        assertThat(trial.reason()).isEqualTo("NotEntitled");
        assertThat(trial.status().pendingChanges()).isEmpty();
        assertOnlyTheStatusIsWritten(trial);
    }

    @Test
    void aRestartWithEverythingAtRestCostsNoCall() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.operator.hands().apply(NS, "denied", USUAL.replace("[AmazonS3ReadOnlyAccess]", "[AdministratorAccess]"));
        takeAway(trial);
        giveToTeam(trial);
        label(trial, "payments");
        trial.operator.settle();
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.reason("denied")).isEqualTo("NotEntitled");
        trial.operator.clock().reach(trial.operator.clock().instant().plusSeconds(300));
        trial.forgetCalls();
        trial.operator.restart();
        trial.operator.settle();

        assertThat(trial.operator.iam().calls().perRole()).isEmpty();
        assertThat(trial.operator.gate().clusterWrites()).isEmpty();
    }
}
