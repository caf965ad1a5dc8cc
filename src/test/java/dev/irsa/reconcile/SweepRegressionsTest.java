package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.fixtures.iam.Refusal;
import dev.irsa.fixtures.operator.DefaultSettings;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.reconcile.status.EventMessage;
import dev.irsa.sweep.SweepSettings;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sweeps amid other failures. Each of these cases was once a bug. */
class SweepRegressionsTest {
    private static final Duration INTERVAL = DefaultSettings.SWEEP.interval();
    private static final Duration FALLBACK = DefaultSettings.SWEEP.fallbackInterval();
    private static final int MANY = 20;

    private static String document(String effect) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"" + effect
                + "\",\"Action\":\"*\",\"Resource\":\"*\"}]}";
    }

    private static ReconcileHarness upToDate() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.run(INTERVAL);
        harness.forgetCalls();
        return harness;
    }

    @Test
    void readsAgainBeforeRemovingDriftAfterAFailedRepair() {
        ReconcileHarness harness = upToDate();
        harness.operator.iam().console().edit(ROLE, role -> role.withInline("emergency", document("Allow")));
        harness.operator.interceptor().after(call -> {
            if (call.action().equals("iam:ListRoles")) {
                // Incident response denies the policy before the reconcile, and AWS throttles the first call of the
                // reconcile.
                harness.operator.iam().console().edit(ROLE, role -> role.withInline("emergency", document("Deny")));
                harness.operator.iam().faults().failNth("GetRole", 1, Refusal.throttling());
            }
        });

        harness.operator.run(INTERVAL);

        assertThat(harness.role().inline()).containsEntry("emergency", document("Deny"));
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.message()).contains("emergency");
    }

    @Test
    void recordsDriftAfterARetriedRepair() {
        ReconcileHarness harness = upToDate();
        harness.operator.iam().console().edit(ROLE, role -> role.withDescription("mine"));
        harness.operator.interceptor().after(call -> {
            if (call.action().equals("iam:ListRoles")) {
                harness.operator.iam().faults().failNth("GetRole", 1, Refusal.throttling());
            }
        });

        harness.operator.run(INTERVAL);

        assertThat(harness.role().description()).isEmpty();
        assertThat(harness.operator.operatorEvents())
                .extracting(EventMessage::reason)
                .contains("Throttled", "DriftRepaired");
    }

    @Test
    void keepsResourcesReadyDuringALongOutageAndRecoversWithoutABurst() {
        ReconcileHarness harness = new ReconcileHarness();
        IntStream.range(0, MANY).forEach(i -> harness.operator.users().apply(NS, "r" + i, USUAL));
        harness.operator.settle();
        harness.operator.run(INTERVAL);
        harness.forgetCalls();
        harness.operator.iam().faults().unreachable();

        harness.operator.run(FALLBACK.multipliedBy(3));

        assertThat(IntStream.range(0, MANY).mapToObj(i -> "r" + i)).allMatch(harness::isReady);
        assertThat(harness.operator.interceptor().clusterWrites()).isEmpty();
        assertThat(harness.operator.warnings()).singleElement().asString().startsWith("SweepFailing: ");

        harness.operator.iam().faults().none();
        harness.forgetCalls();
        harness.operator.iam().console().edit("prod_payments_r7", role -> role.withDescription("mine"));
        harness.operator.run(INTERVAL);

        assertThat(harness.operator.iam().calls().perRole())
                .as("the drift, and at most one or two reads before sweeps resume")
                .contains("UpdateRole prod_payments_r7")
                .hasSizeLessThan(MANY / 2);
        assertThat(harness.operator.interceptor().clusterWrites()).isEmpty();
    }

    @Test
    void readsARoleByItselfWhenTheSweepCannotParseIt() {
        ReconcileHarness harness = upToDate();
        harness.operator.iam().console().edit(ROLE, role -> role.withTrust("{nonsense"));

        harness.operator.run(INTERVAL);

        assertThat(harness.condition("Ready").map(Condition::message).orElseThrow())
                .contains("iam:GetRole", "unreadable");
        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();

        harness.operator.iam().console().edit(ROLE, role -> role.withTrust(document("Allow")));
        harness.operator.run(INTERVAL);
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().trust()).contains("sts:AssumeRoleWithWebIdentity");
    }

    @Test
    void reportsAndKeepsAForeignRoleWithOurTags() {
        SweepSettings removes =
                new SweepSettings(INTERVAL, FALLBACK, DefaultSettings.ASSOCIATION_INTERVAL, true, namespace -> true);
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.sweeping(removes).restart();
        IntStream.range(0, MANY).forEach(i -> harness.operator.users().apply(NS, "r" + i, USUAL));
        harness.operator.settle();
        var ours = harness.operator.iam().role("prod_payments_r0").orElseThrow();
        harness.operator.iam().console().create("billing", "/legacy/", document("Allow"));
        harness.operator
                .iam()
                .console()
                .edit("billing", role -> role.withTags(ours.tags()).withTag("irsa.dev/resource", "payments/nobody"));
        harness.forgetCalls();

        harness.operator.run(INTERVAL.multipliedBy(5));

        assertThat(harness.operator.iam().role("billing")).isPresent();
        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();
        assertThat(harness.operator.warnings())
                .singleElement()
                .asString()
                .startsWith("OrphansKept: ")
                .contains("billing", "not under the path /irsa/prod/");
    }
}
