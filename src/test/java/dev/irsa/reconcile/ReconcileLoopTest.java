package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.SQS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.fixtures.cluster.ServiceAccountRecord;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A webhook reverts each write to the ServiceAccount, and every write causes a reconcile. */
class ReconcileLoopTest {
    private final ReconcileHarness harness = ReconcileHarness.ready(USUAL);

    @BeforeEach
    void revertWrites() {
        harness.operator.requeueClaimantsAfterWrites();
        harness.operator.interceptor().after(call -> {
            if (call.action().equals("patch serviceaccounts")) {
                revert();
            }
        });
        revert();
    }

    /** A mutating webhook changes the request of the operator, so the API server names the operator as the manager. */
    private void revert() {
        harness.operator
                .users()
                .annotate(
                        NS,
                        NAME,
                        ServiceAccountRecord.OPERATOR,
                        Map.of(DesiredServiceAccount.ROLE_ARN, "arn:aws:iam::111122223333:role/of-a-webhook"));
    }

    private int reconcilesIn(Duration time) {
        int before = harness.operator.reconciles();
        harness.operator.run(time);
        return harness.operator.reconciles() - before;
    }

    @Test
    void slowsDownTheResourceAndReportsItOnce() {
        harness.operator.run(Duration.ofMinutes(5));

        assertThat(reconcilesIn(Duration.ofMinutes(10))).isBetween(10, 50);
        assertThat(harness.operator.loops()).isEqualTo(1);
    }

    @Test
    void convergesOnceTheLoopEnds() {
        harness.operator.run(Duration.ofMinutes(5));
        harness.operator.interceptor().removeHooks();

        harness.operator.run(Duration.ofMinutes(1));

        assertThat(harness.serviceAccount().annotations())
                .containsEntry(DesiredServiceAccount.ROLE_ARN, harness.role().arn());
        assertThat(reconcilesIn(Duration.ofMinutes(5))).isLessThan(5);
    }

    @Test
    void carriesOutAChangeOfTheSpecAtOnce() {
        harness.operator.run(Duration.ofMinutes(5));

        harness.apply("policies: {managed: [AmazonSQSFullAccess]}");
        harness.operator.run(Duration.ofMillis(1));

        assertThat(harness.role().attached()).containsExactly(SQS);
        assertThat(harness.operator.loops()).isEqualTo(2);
    }

    @Test
    void deletesTheResourceAtOnce() {
        harness.operator.run(Duration.ofMinutes(5));

        harness.delete();
        harness.operator.run(Duration.ofMillis(1));

        assertThat(harness.resource()).isEmpty();
        assertThat(harness.operator.iam().roles()).isEmpty();
    }
}
