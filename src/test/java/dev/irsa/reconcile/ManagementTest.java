package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.cluster.ServiceAccountRecord;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who makes the ServiceAccount and who annotates it. */
class ManagementTest {
    private static final String ARN = "eks.amazonaws.com/role-arn";
    private static final String ANNOTATE = USUAL + "serviceAccount: {management: Annotate}";
    private static final String IGNORE = USUAL + "serviceAccount: {management: Ignore}";

    private static ReconcileHarness withAccount(String spec, Map<String, String> annotations) {
        ReconcileHarness trial = new ReconcileHarness();
        trial.operator.hands().annotate(NS, NAME, "helm", annotations);
        trial.apply(spec);
        trial.operator.run(Duration.ofMinutes(1));
        return trial;
    }

    @Test
    void annotatesOneThatIsThereAndLeavesTheRestOfItAlone() {
        ReconcileHarness trial = withAccount(USUAL, Map.of("chart", "x"));
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.serviceAccount().annotations()).containsOnlyKeys("chart", ARN);
        assertThat(trial.serviceAccount().owners()).isEmpty();
        assertThat(trial.status().serviceAccount())
                .satisfies(account -> assertThat(account.created()).isFalse());
        trial.delete();
        trial.operator.settle();
        assertThat(trial.serviceAccount().annotations()).containsOnlyKeys("chart");
    }

    @Test
    void waitsForOneThatGitOwns() {
        ReconcileHarness trial = new ReconcileHarness();
        trial.apply(ANNOTATE);
        trial.operator.run(Duration.ofHours(1));
        assertThat(trial.reason()).isEqualTo("ServiceAccountMissing");
        assertThat(trial.condition("Stalled")).isEmpty();
        assertThat(trial.condition("Reconciling")).isEmpty();
        assertThat(trial.operator.hands().serviceAccounts()).isEmpty();
        trial.operator.hands().annotate(NS, NAME, "argocd", Map.of());
        trial.operator.settle();
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.pointer()).contains(trial.role().arn());
    }

    @Test
    void touchesNoServiceAccountThatTheUserKeeps() {
        ReconcileHarness trial = withAccount(IGNORE, Map.of(ARN, "arn:aws:iam::1:role/mine"));
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.pointer()).contains("arn:aws:iam::1:role/mine");
        assertThat(trial.status().serviceAccount()).isNull();
        assertThat(trial.operator.gate().clusterWrites())
                .doesNotContain("create serviceaccounts", "patch serviceaccounts");
    }

    @Test
    void leavesOneAloneThatPointsElsewhereUntilItNoLongerDoes() {
        ReconcileHarness trial = withAccount(USUAL, Map.of(ARN, "arn:aws:iam::1:role/foreign"));
        ServiceAccountRecord before = trial.serviceAccount();
        trial.operator.run(Duration.ofHours(1));
        assertThat(trial.reason()).isEqualTo("ServiceAccountConflict");
        assertThat(trial.message()).contains("arn:aws:iam::1:role/foreign").contains("kubectl annotate");
        assertThat(trial.condition("Stalled")).isPresent();
        assertThat(trial.serviceAccount()).isEqualTo(before);
        trial.operator.hands().strip(NS, NAME, ARN);
        trial.operator.settle();
        assertThat(trial.isReady()).isTrue();
    }

    @Test
    void restoresItsOwnWhenDeletedOrStrippedOrEdited() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.operator.hands().deleteServiceAccount(NS, NAME);
        trial.operator.settle();
        assertThat(trial.pointer()).contains(trial.role().arn());
        trial.operator.hands().strip(NS, NAME, ARN);
        trial.operator.settle();
        assertThat(trial.pointer()).contains(trial.role().arn());
        trial.operator.hands().annotate(NS, NAME, "kubectl", Map.of(ARN, "arn:aws:iam::1:role/foreign"));
        trial.operator.settle();
        assertThat(trial.pointer()).contains(trial.role().arn());
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.operator.iam().calls().total()).isZero();
    }

    @Test
    void looksAgainWhenAnotherMakesItBetweenLookingAndWriting() {
        ReconcileHarness trial = new ReconcileHarness();
        boolean[] made = {false};
        trial.operator.gate().before(call -> {
            if (call.action().equals("create serviceaccounts") && !made[0]) {
                made[0] = true;
                trial.operator.hands().annotate(NS, NAME, "helm", Map.of("chart", "x"));
            }
        });
        trial.apply(USUAL);
        trial.operator.settle();
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.serviceAccount().annotations()).containsOnlyKeys("chart", ARN);
        assertThat(trial.serviceAccount().owners()).isEmpty();
    }

    @Test
    void meetsNoOtherObjectOfThatNameWhenItIsReplacedBetweenLookingAndWriting() {
        ReconcileHarness trial = new ReconcileHarness();
        trial.operator.hands().annotate(NS, NAME, "helm", Map.of("chart", "x"));
        boolean[] replaced = {false};
        trial.operator.gate().before(call -> {
            if (call.action().equals("patch serviceaccounts") && !replaced[0]) {
                replaced[0] = true;
                trial.operator.hands().deleteServiceAccount(NS, NAME);
                trial.operator.hands().annotate(NS, NAME, "other", Map.of(ARN, "arn:aws:iam::1:role/foreign"));
            }
        });
        trial.apply(USUAL);
        trial.operator.run(Duration.ofMinutes(5));
        assertThat(trial.reason()).isEqualTo("ServiceAccountConflict");
        assertThat(trial.pointer()).contains("arn:aws:iam::1:role/foreign");
    }

    @Test
    void waitsForItsOwnDeletionInANamespaceThatGoes() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.operator.hands().terminate(NS);
        trial.operator.run(Duration.ofSeconds(5));
        assertThat(trial.reason()).isEqualTo("Reconciling");
        assertThat(trial.condition("Stalled")).isEmpty();
        trial.delete();
        trial.operator.settle();
        assertThat(trial.isClean()).isTrue();
    }
}
