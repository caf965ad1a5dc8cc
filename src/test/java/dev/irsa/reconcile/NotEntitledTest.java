package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.cluster.InMemoryEntitlements;
import dev.irsa.fixtures.cluster.ServiceAccountRecord;
import dev.irsa.fixtures.iam.RoleRecord;
import dev.irsa.fixtures.operator.DefaultSettings;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Without an entitlement the operator creates nothing, and existing roles stay unchanged until one allows them again.
 */
class NotEntitledTest {
    private static final String TEAM = """
            namespaceSelector: {matchLabels: {team: payments}}
            allow:
              managedPolicies: [AmazonS3ReadOnlyAccess]
              inlineActions: ["s3:Get*"]
            """;

    private static void revoke(ReconcileHarness harness) {
        harness.operator.limit(limits -> limits.delete(InMemoryEntitlements.EVERYTHING));
    }

    private static void grantToTeam(ReconcileHarness harness) {
        harness.operator.limit(limits -> limits.apply("team", TEAM));
    }

    private static void label(ReconcileHarness harness, String team) {
        harness.operator.limit(limits -> limits.label(NS, Map.of("team", team)));
    }

    private static void assertOnlyTheStatusIsWritten(ReconcileHarness harness) {
        assertThat(harness.operator.iam().calls().perRole()).isEmpty();
        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();
        assertThat(harness.operator.interceptor().clusterWrites()).containsExactly("patch iamserviceaccounts/status");
    }

    @Test
    void createsNothingAndSchedulesNoRetry() {
        ReconcileHarness harness = new ReconcileHarness();
        revoke(harness);
        harness.apply(USUAL);
        harness.operator.settle();

        assertThat(harness.reason()).isEqualTo("NotEntitled");
        assertThat(harness.condition("Stalled"))
                .hasValueSatisfying(
                        stalled -> assertThat(stalled.message()).startsWith("this cluster has no IamEntitlement"));
        assertThat(harness.condition("Reconciling")).isEmpty();
        assertThat(harness.operator.isScheduled(NS, NAME)).isFalse();
        assertThat(harness.operator.pauses()).isEmpty();
        assertThat(harness.resource().orElseThrow().getMetadata().getFinalizers())
                .isEmpty();
        assertThat(harness.operator.users().serviceAccounts()).isEmpty();
        assertOnlyTheStatusIsWritten(harness);
    }

    @Test
    void changesNothingWhenTheEntitlementIsRevoked() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        RoleRecord role = harness.role();
        ServiceAccountRecord account = harness.serviceAccount();
        revoke(harness);
        harness.operator.settle();

        assertThat(harness.reason()).isEqualTo("NotEntitled");
        assertThat(harness.condition("Stalled")).isPresent();
        assertThat(harness.operator.isScheduled(NS, NAME)).isFalse();
        assertThat(harness.role()).isEqualTo(role);
        assertThat(harness.serviceAccount()).isEqualTo(account);
        assertThat(harness.status().role()).isNotNull();
        assertOnlyTheStatusIsWritten(harness);
    }

    @Test
    void becomesReadyWithoutAWriteWhenTheEntitlementIsRestored() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        RoleRecord role = harness.role();
        revoke(harness);
        harness.operator.settle();
        harness.forgetCalls();
        grantToTeam(harness);
        label(harness, "payments");
        harness.operator.settle();

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.condition("Stalled")).isEmpty();
        assertThat(harness.role()).isEqualTo(role);
        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();
    }

    @Test
    void followsTheLabelsOfTheNamespace() {
        ReconcileHarness harness = new ReconcileHarness();
        revoke(harness);
        grantToTeam(harness);
        harness.apply(USUAL);
        harness.operator.settle();
        assertThat(harness.message()).endsWith("kubectl label namespace payments team=payments");

        label(harness, "payments");
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();

        label(harness, "other");
        harness.operator.settle();
        assertThat(harness.reason()).isEqualTo("NotEntitled");
        assertThat(harness.message()).contains("team would allow this");
        assertThat(harness.operator.iam().role(ROLE)).isPresent();
    }

    @Test
    void repairsDriftOnlyOnceTheEntitlementIsRestored() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        revoke(harness);
        harness.operator.settle();
        harness.operator.iam().console().edit(ROLE, role -> role.withAttached(ReconcileHarness.SQS));
        harness.operator.run(Duration.ofHours(3));
        assertThat(harness.role().attached()).contains(ReconcileHarness.SQS);

        grantToTeam(harness);
        label(harness, "payments");
        harness.operator.run(Duration.ofHours(3));
        assertThat(harness.role().attached()).containsExactly(ReconcileHarness.S3);
    }

    @Test
    void doesNotApplyPartOfADeniedChange() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        revoke(harness);
        grantToTeam(harness);
        label(harness, "payments");
        harness.operator.settle();
        RoleRecord role = harness.role();
        harness.apply(USUAL.replace("[AmazonS3ReadOnlyAccess]", "[AdministratorAccess]")
                .replace("s3:GetObject", "s3:GetBucketAcl"));
        harness.operator.settle();

        assertThat(harness.reason()).isEqualTo("NotEntitled");
        assertThat(harness.role()).isEqualTo(role);
    }

    @Test
    void deletesWithoutAnEntitlement() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        revoke(harness);
        harness.operator.settle();
        harness.delete();
        harness.operator.settle();

        assertThat(harness.isClean()).isTrue();
    }

    @ParameterizedTest(name = "dry run: {0}")
    @ValueSource(booleans = {false, true})
    void reportsNotEntitledWhenSuspendedOrInADryRun(boolean dryRun) {
        ReconcileHarness harness = new ReconcileHarness(new ReconcileSettings(
                dryRun,
                Duration.ofSeconds(60),
                Duration.ofMinutes(5),
                16,
                DefaultSettings.RECONCILE.audiences(),
                false));
        revoke(harness);
        harness.apply(dryRun ? USUAL : USUAL + "suspend: true");
        harness.operator.settle();

        assertThat(harness.reason()).isEqualTo("NotEntitled");
        assertThat(harness.status().pendingChanges()).isEmpty();
        assertOnlyTheStatusIsWritten(harness);
    }

    @Test
    void makesNoCallPerRoleAfterARestart() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator
                .users()
                .apply(NS, "denied", USUAL.replace("[AmazonS3ReadOnlyAccess]", "[AdministratorAccess]"));
        revoke(harness);
        grantToTeam(harness);
        label(harness, "payments");
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.reason("denied")).isEqualTo("NotEntitled");
        harness.operator.clock().reach(harness.operator.clock().instant().plusSeconds(300));
        harness.forgetCalls();
        harness.operator.restart();
        harness.operator.settle();

        assertThat(harness.operator.iam().calls().perRole()).isEmpty();
        assertThat(harness.operator.interceptor().clusterWrites()).isEmpty();
    }
}
