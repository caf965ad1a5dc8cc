package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1alpha1.Condition;
import dev.irsa.fixtures.iam.Refusal;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.reconcile.status.EventMessage;
import dev.irsa.sweep.SweepSettings;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sweeps when something goes wrong around them: each of these once went wrong itself. */
class SweepTroubleTest {
    private static final Duration INTERVAL = SweepSettings.DEFAULT.interval();
    private static final Duration FALLBACK = SweepSettings.DEFAULT.fallbackInterval();
    private static final int MANY = 20;

    private static String document(String effect) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"" + effect
                + "\",\"Action\":\"*\",\"Resource\":\"*\"}]}";
    }

    private static ReconcileHarness atRest() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.operator.run(INTERVAL);
        trial.forgetCalls();
        return trial;
    }

    @Test
    void aDriftWhoseFirstRepairFailedIsConfirmedBeforeAnythingIsTakenOff() {
        ReconcileHarness trial = atRest();
        trial.operator.iam().console().edit(ROLE, role -> role.withInline("emergency", document("Allow")));
        trial.operator.gate().after(call -> {
            if (call.action().equals("iam:ListRoles")) {
                // Incident response is quicker than the reconcile, and AWS refuses its first call.
                trial.operator.iam().console().edit(ROLE, role -> role.withInline("emergency", document("Deny")));
                trial.operator.iam().faults().failNth("GetRole", 1, Refusal.throttling());
            }
        });

        trial.operator.run(INTERVAL);

        assertThat(trial.role().inline()).containsEntry("emergency", document("Deny"));
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.message()).contains("emergency");
    }

    @Test
    void aRepairThatTookTwoTriesIsToldAsDrift() {
        ReconcileHarness trial = atRest();
        trial.operator.iam().console().edit(ROLE, role -> role.withDescription("mine"));
        trial.operator.gate().after(call -> {
            if (call.action().equals("iam:ListRoles")) {
                trial.operator.iam().faults().failNth("GetRole", 1, Refusal.throttling());
            }
        });

        trial.operator.run(INTERVAL);

        assertThat(trial.role().description()).isEmpty();
        assertThat(trial.operator.notices()).extracting(EventMessage::reason).contains("Throttled", "DriftRepaired");
    }

    @Test
    void anOutageOfManyHoursMakesNobodyUnreadyAndEndsInNoHerd() {
        ReconcileHarness trial = new ReconcileHarness();
        IntStream.range(0, MANY).forEach(i -> trial.operator.hands().apply(NS, "r" + i, USUAL));
        trial.operator.settle();
        trial.operator.run(INTERVAL);
        trial.forgetCalls();
        trial.operator.iam().faults().unreachable();

        trial.operator.run(FALLBACK.multipliedBy(3));

        assertThat(IntStream.range(0, MANY).mapToObj(i -> "r" + i)).allMatch(trial::isReady);
        assertThat(trial.operator.gate().clusterWrites()).isEmpty();
        assertThat(trial.operator.warnings()).singleElement().asString().startsWith("SweepFailing: ");

        trial.operator.iam().faults().none();
        trial.forgetCalls();
        trial.operator.iam().console().edit("prod_payments_r7", role -> role.withDescription("mine"));
        trial.operator.run(INTERVAL);

        assertThat(trial.operator.iam().calls().perRole())
                .as("the drift, and at most a look or two before the sweep was back")
                .contains("UpdateRole prod_payments_r7")
                .hasSizeLessThan(MANY / 2);
        assertThat(trial.operator.gate().clusterWrites()).isEmpty();
    }

    @Test
    void aRoleThatASweepCannotReadIsLookedAtByItself() {
        ReconcileHarness trial = atRest();
        trial.operator.iam().console().edit(ROLE, role -> role.withTrust("{nonsense"));

        trial.operator.run(INTERVAL);

        assertThat(trial.condition("Ready").map(Condition::message).orElseThrow())
                .contains("iam:GetRole", "unreadable");
        assertThat(trial.operator.gate().awsWrites()).isEmpty();

        trial.operator.iam().console().edit(ROLE, role -> role.withTrust(document("Allow")));
        trial.operator.run(INTERVAL);
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.role().trust()).contains("sts:AssumeRoleWithWebIdentity");
    }

    @Test
    void someoneElsesRoleWithAllOurTagsIsToldAndNeverRemoved() {
        SweepSettings removes = new SweepSettings(INTERVAL, FALLBACK, true, namespace -> true);
        ReconcileHarness trial = new ReconcileHarness();
        trial.operator.sweeping(removes).restart();
        IntStream.range(0, MANY).forEach(i -> trial.operator.hands().apply(NS, "r" + i, USUAL));
        trial.operator.settle();
        var ours = trial.operator.iam().role("prod_payments_r0").orElseThrow();
        trial.operator.iam().console().create("billing", "/legacy/", document("Allow"));
        trial.operator
                .iam()
                .console()
                .edit("billing", role -> role.withTags(ours.tags()).withTag("irsa.dev/resource", "payments/nobody"));
        trial.forgetCalls();

        trial.operator.run(INTERVAL.multipliedBy(5));

        assertThat(trial.operator.iam().role("billing")).isPresent();
        assertThat(trial.operator.gate().awsWrites()).isEmpty();
        assertThat(trial.operator.warnings())
                .singleElement()
                .asString()
                .startsWith("OrphansKept: ")
                .contains("billing", "not under the path /irsa/prod/");
    }
}
