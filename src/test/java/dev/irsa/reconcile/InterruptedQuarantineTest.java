package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.iam.RoleRecord;
import dev.irsa.fixtures.operator.CrashInterceptor.Cut;
import dev.irsa.fixtures.operator.CrashInterceptor.Killed;
import dev.irsa.fixtures.operator.DefaultSettings;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A quarantine holds at every point at which the operator is killed, or a call fails. */
class InterruptedQuarantineTest {
    private static final Duration INTERVAL = DefaultSettings.SWEEP.interval();
    private static final Duration NEXT_RETRY = Duration.ofMinutes(2);
    private static final String DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll";
    private static final String DENY =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}]}";
    private static final String BOTH = USUAL + "delivery: [IRSA, PodIdentity]\n";

    private static ReconcileHarness ready(String spec) {
        ReconcileHarness harness = ReconcileHarness.ready(spec);
        harness.operator.run(DefaultSettings.RECONCILE.consistencyWindow().multipliedBy(3));
        return harness;
    }

    private static void quarantine(ReconcileHarness harness) {
        RoleRecord _ = harness.operator.iam().console().edit(ROLE, role -> role.withAttached(DENY_ALL));
    }

    private static void lift(ReconcileHarness harness) {
        RoleRecord _ = harness.operator.iam().console().edit(ROLE, role -> role.withoutAttached(DENY_ALL));
        harness.operator.run(NEXT_RETRY);
        assertThat(harness.isClean())
                .as(harness.operator.iam().roles().toString())
                .isTrue();
    }

    private static void runInterrupted(ReconcileHarness harness, int call, Cut cut) {
        harness.operator.interceptor().cut(call, cut);
        try {
            harness.operator.run(INTERVAL);
        } catch (Killed _) {
            harness.operator.restart();
        }
        harness.operator.interceptor().removeHooks();
        harness.operator.run(INTERVAL);
    }

    @ParameterizedTest
    @EnumSource
    void withdrawsNothingWhereverADeletionIsInterrupted(Cut cut) {
        for (String spec : List.of(BOTH, BOTH + "deletionPolicy: Retain\n")) {
            for (int call = 1; call <= 10; call++) {
                ReconcileHarness harness = ready(spec);
                quarantine(harness);
                harness.operator.run(INTERVAL.multipliedBy(2));
                RoleRecord before = harness.role();
                var serviceAccounts = harness.operator.users().serviceAccounts();
                harness.delete();
                runInterrupted(harness, call, cut);

                assertThat(harness.reason()).isEqualTo("DeletionBlocked");
                assertThat(harness.role()).isEqualTo(before);
                assertThat(harness.operator.users().serviceAccounts()).isEqualTo(serviceAccounts);
                assertThat(harness.operator.eks().console().of(NS, NAME)).isPresent();
            }
        }
    }

    /** The operator removes policies before IAM shows it that the role is quarantined. */
    @ParameterizedTest
    @EnumSource
    void keepsAnUnseenQuarantineWhereverADeletionIsInterrupted(Cut cut) {
        for (int call = 1; call <= 14; call++) {
            ReconcileHarness harness = ready(BOTH);
            quarantine(harness);
            harness.delete();
            runInterrupted(harness, call, cut);

            assertThat(harness.reason()).isEqualTo("DeletionBlocked");
            assertThat(harness.role().attached()).contains(DENY_ALL);
            lift(harness);
        }
    }

    /** The status remembers the digest of the operator's own policy for as long as the deletion is blocked. */
    @Test
    void deletesItsOwnDenyAfterTheQuarantineIsLifted() {
        ReconcileHarness harness = ready("policies: {inline: [{name: stop, document: " + DENY + "}]}");
        quarantine(harness);
        harness.delete();
        harness.operator.run(INTERVAL);
        harness.operator.restart();
        harness.operator.run(INTERVAL);
        assertThat(harness.message()).contains(DENY_ALL).doesNotContain("--policy-name stop");

        lift(harness);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[IRSA]", "[PodIdentity]", "[IRSA, PodIdentity]"})
    void keepsTheServiceAccountOfAnAssociation(String delivery) {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.users().annotate(NS, NAME, "helm", Map.of("app", "invoices"));
        harness.apply(USUAL + "delivery: " + delivery + "\n");
        harness.operator.settle();
        assertThat(harness.isReady()).as(harness.message()).isTrue();
        quarantine(harness);
        harness.operator.run(INTERVAL.multipliedBy(2));
        harness.delete();
        for (String other : List.of("[IRSA]", "[PodIdentity]")) {
            harness.operator
                    .users()
                    .apply(NS, "another", USUAL + "serviceAccounts: [{name: " + NAME + "}]\ndelivery: " + other + "\n");
            harness.operator.run(INTERVAL);
            assertThat(harness.reason("another")).isEqualTo("ServiceAccountConflict");
        }
        harness.operator.iam().console().edit(ROLE, role -> role.withoutAttached(DENY_ALL));
        harness.operator.run(INTERVAL.multipliedBy(2));
        assertThat(harness.resource()).isEmpty();
        assertThat(harness.isReady("another")).isTrue();
    }
}
