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
import dev.irsa.fixtures.reconcile.Handovers;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Found by the simulation: a new process is shown by IAM what has gone, and nobody but its own writes can tell it so. */
class GoneThoughShownTest {
    private static final Duration LAG = Duration.ofSeconds(20);

    private static ReconcileHarness slow(String spec) {
        ReconcileHarness trial = ReconcileHarness.ready(spec);
        trial.operator.run(Duration.ofMinutes(10));
        trial.operator.iam().consistency().lag(LAG);
        return trial;
    }

    @Test
    void nothingComesToPointAtARoleWithoutPoliciesThatHasGone() {
        ReconcileHarness trial = slow("{}");
        trial.operator.iam().console().delete(ROLE);
        trial.operator.hands().deleteServiceAccount(NS, NAME);
        trial.operator
                .gate()
                .after(call -> assertThat(trial.pointer().isEmpty()
                                || trial.operator.iam().role(ROLE).isPresent())
                        .as(call.toString())
                        .isTrue());
        trial.operator.restart();

        trial.operator.settle();

        assertThat(trial.isReady()).isTrue();
        assertThat(trial.operator.iam().role(ROLE)).isPresent();
        assertThat(trial.pointer()).isPresent();
    }

    @Test
    void whatTheFirstSweepFindsChangedAtRestIsGivenAgainWhole() {
        ReconcileHarness trial = slow(USUAL);
        trial.operator.iam().consistency().immediate();
        trial.operator.iam().console().edit(ROLE, role -> role.withDescription("drifted"));
        trial.operator.iam().consistency().lag(LAG);
        trial.operator.iam().console().edit(ROLE, role -> role.withoutAttached(S3));
        trial.operator.restart();

        trial.operator.now();

        assertThat(trial.role().attached()).containsExactly(S3);
        assertThat(trial.role().description()).isEmpty();
    }

    @Test
    void aRoleThatIsTakenOverIsGivenWhatItOnlySeemsToHave() {
        ReconcileHarness trial = slow(USUAL);
        ClusterIdentity before = SimulatedOperator.IDENTITY;
        trial.operator.hands().lose(NS, NAME);
        trial.operator.hands().deleteServiceAccount(NS, NAME);
        trial.operator.iam().console().edit(ROLE, role -> role.withoutAttached(S3));
        trial.operator
                .gate()
                .after(call -> assertThat(trial.pointer().isEmpty()
                                || trial.role().attached().contains(S3))
                        .as(call.toString())
                        .isTrue());
        trial.operator.restart(() -> Handovers.cluster(
                "rebuilt", before.issuer().url(), new PreviousClusters(Set.of(before.id()), Set.of())));
        trial.apply(USUAL);

        trial.operator.run(LAG.dividedBy(2));

        assertThat(trial.isReady()).isTrue();
        assertThat(trial.role().attached()).containsExactly(S3);
    }
}
