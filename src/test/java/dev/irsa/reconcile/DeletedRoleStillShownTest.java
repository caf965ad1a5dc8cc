package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.S3;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.ownership.PreviousClusters;
import dev.irsa.fixtures.operator.SimulatedOperator;
import dev.irsa.fixtures.reconcile.OwnershipJourneys;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Found by the simulation: IAM shows a new process a deleted role, and only a write of its own can reveal that. */
class DeletedRoleStillShownTest {
    private static final Duration LAG = Duration.ofSeconds(20);

    private static ReconcileHarness slow(String spec) {
        ReconcileHarness harness = ReconcileHarness.ready(spec);
        harness.operator.run(Duration.ofMinutes(10));
        harness.operator.iam().consistency().lag(LAG);
        return harness;
    }

    @Test
    void doesNotAnnotateAServiceAccountWithADeletedRoleWithoutPolicies() {
        ReconcileHarness harness = slow("{}");
        harness.operator.iam().console().delete(ROLE);
        harness.operator.users().deleteServiceAccount(NS, NAME);
        harness.operator
                .interceptor()
                .after(call -> assertThat(harness.pointer().isEmpty()
                                || harness.operator.iam().role(ROLE).isPresent())
                        .as(call.toString())
                        .isTrue());
        harness.operator.restart();

        harness.operator.settle();

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.operator.iam().role(ROLE)).isPresent();
        assertThat(harness.pointer()).isPresent();
    }

    @Test
    void writesAllOfADriftedRoleAfterTheFirstSweep() {
        ReconcileHarness harness = slow(USUAL);
        harness.operator.iam().consistency().immediate();
        harness.operator.iam().console().edit(ROLE, role -> role.withDescription("drifted"));
        harness.operator.iam().consistency().lag(LAG);
        harness.operator.iam().console().edit(ROLE, role -> role.withoutAttached(S3));
        harness.operator.restart();

        harness.operator.now();

        assertThat(harness.role().attached()).containsExactly(S3);
        assertThat(harness.role().description()).isEmpty();
    }

    @Test
    void waitsForTheCurrentPoliciesOfATakenOverRole() {
        ReconcileHarness harness = slow(USUAL);
        ClusterIdentity before = SimulatedOperator.IDENTITY;
        harness.operator.users().lose(NS, NAME);
        harness.operator.users().deleteServiceAccount(NS, NAME);
        harness.operator.iam().console().edit(ROLE, role -> role.withoutAttached(S3));
        harness.operator
                .interceptor()
                .after(call -> assertThat(harness.pointer().isEmpty()
                                || harness.role().attached().contains(S3))
                        .as(call.toString())
                        .isTrue());
        harness.operator.restart(() -> OwnershipJourneys.cluster(
                "rebuilt", before.issuer().url(), new PreviousClusters(Set.of(before.id()), Set.of())));
        harness.apply(USUAL);
        harness.operator.now();
        assertThat(harness.message()).startsWith("waiting to rule out a stale IAM read");

        harness.operator.settle();

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().attached()).containsExactly(S3);
    }
}
