package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.operator.DefaultSettings;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.port.CallInterceptor.ExternalCall;
import dev.irsa.sweep.SweepSettings;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A sweep observes roles from its start on. It says nothing about writes during the sweep or shortly before it. */
class SweepTimingTest {
    private static final Duration INTERVAL = DefaultSettings.SWEEP.interval();
    private static final String DETAILS = "iam:GetAccountAuthorizationDetails";
    private static final String ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";

    private static String described(String description) {
        return USUAL + "role: {description: " + description + "}";
    }

    private static ReconcileHarness upToDate(SweepSettings settings) {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.sweeping(settings).restart();
        harness.apply(USUAL);
        harness.operator.run(INTERVAL);
        assertThat(harness.isReady()).isTrue();
        harness.forgetCalls();
        return harness;
    }

    private static ReconcileHarness upToDate() {
        return upToDate(DefaultSettings.SWEEP);
    }

    private static SweepSettings every(Duration interval) {
        return new SweepSettings(
                interval, Duration.ofHours(1), DefaultSettings.ASSOCIATION_INTERVAL, false, namespace -> true);
    }

    /** Runs an action once in the middle of the next sweep, after the details and before the list are read. */
    private static void duringTheNextSweep(ReconcileHarness harness, Runnable meanwhile) {
        harness.operator.interceptor().after(new Consumer<>() {
            private boolean done;

            @Override
            public void accept(ExternalCall call) {
                if (!done && call.action().equals(DETAILS)) {
                    done = true;
                    meanwhile.run();
                }
            }
        });
    }

    @Test
    void slowSweepUndoesNoChange() {
        ReconcileHarness harness = upToDate();
        duringTheNextSweep(harness, () -> {
            for (int i = 1; i <= 10; i++) {
                harness.apply(described("d" + i));
                harness.operator.run(Duration.ofSeconds(30));
            }
        });

        harness.operator.run(INTERVAL.multipliedBy(3));

        assertThat(harness.role().description()).isEqualTo("d10");
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.operator.interceptor().awsWrites()).hasSize(10).containsOnly("iam:UpdateRole");
        assertThat(harness.operator.iam().calls().perRole()).hasSize(20);
    }

    @Test
    void ignoresASweepThatStartedBeforeTheLastWrite() {
        ReconcileHarness harness = upToDate();
        duringTheNextSweep(harness, () -> {
            harness.apply(described("new"));
            harness.operator.run(Duration.ofMinutes(30));
        });

        harness.operator.run(INTERVAL.multipliedBy(2));

        assertThat(harness.role().description()).isEqualTo("new");
        assertThat(harness.operator.iam().calls().perRole()).containsExactly("GetRole " + ROLE, "UpdateRole " + ROLE);
    }

    @Test
    void doesNotReportARoleCreatedDuringASweep() {
        ReconcileHarness harness = upToDate();
        duringTheNextSweep(harness, () -> {
            harness.operator.users().apply(NS, "late", USUAL);
            harness.operator.run(Duration.ofMinutes(2));
            assertThat(harness.isReady("late")).isTrue();
        });

        harness.operator.run(INTERVAL.multipliedBy(4));

        assertThat(harness.isReady("late")).isTrue();
        assertThat(harness.operator.iam().calls().perRole())
                .containsExactly(
                        "CreateRole prod_payments_late",
                        "AttachRolePolicy prod_payments_late",
                        "PutRolePolicy prod_payments_late");
        assertThat(harness.operator.warnings()).isEmpty();
    }

    @Test
    void doesNotReportARoleCreatedBetweenTwoPages() {
        ReconcileHarness harness = upToDate();
        harness.operator.users().apply(NS, "z", USUAL);
        harness.operator.run(INTERVAL);
        harness.operator.iam().pages().atMost(1);
        harness.forgetCalls();
        duringTheNextSweep(harness, () -> {
            // The first one sorts before the page marker and is missed, and the second one sorts after it and is
            // observed.
            harness.operator.users().apply(NS, "a", USUAL);
            harness.operator.users().apply(NS, "y", USUAL);
            harness.operator.run(Duration.ofMinutes(2));
        });

        harness.operator.run(INTERVAL.multipliedBy(4));

        assertThat(harness.operator.iam().calls().perRole()).hasSize(6);
        assertThat(harness.operator.iam().calls().of("CreateRole")).isEqualTo(2);
        assertThat(harness.operator.warnings()).isEmpty();
        assertThat(harness.operator.reports().getLast().snapshot().roles()).hasSize(4);
    }

    @Test
    void deletesTheRoleOfAResourceDeletedDuringASweep() {
        ReconcileHarness harness = upToDate();
        duringTheNextSweep(harness, () -> {
            harness.delete();
            harness.operator.run(Duration.ofMinutes(2));
        });

        harness.operator.run(INTERVAL.multipliedBy(4));

        assertThat(harness.isClean()).isTrue();
        assertThat(harness.operator.warnings()).isEmpty();
    }

    @Test
    void keepsTheRoleOfAResourceRecreatedDuringASweep() {
        ReconcileHarness harness = upToDate();
        duringTheNextSweep(harness, () -> {
            harness.delete();
            harness.operator.run(Duration.ofMinutes(2));
            harness.apply(described("again"));
            harness.operator.run(Duration.ofMinutes(2));
            harness.forgetCalls();
        });

        harness.operator.run(INTERVAL.multipliedBy(4));

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().description()).isEqualTo("again");
        assertThat(harness.operator.iam().calls().perRole()).isEmpty();
        assertThat(harness.operator.warnings()).isEmpty();
    }

    @Test
    void repairsDriftInTheNextSweepWhenTheSpecChangedDuringThisOne() {
        ReconcileHarness harness = upToDate();
        harness.operator.iam().console().edit(ROLE, role -> role.withAttached(ADMIN));
        duringTheNextSweep(harness, () -> {
            harness.apply(described("new"));
            harness.operator.run(Duration.ofSeconds(1));
        });

        harness.operator.run(INTERVAL.multipliedBy(2));

        assertThat(harness.role().attached()).doesNotContain(ADMIN);
        assertThat(harness.role().description()).isEqualTo("new");
        assertThat(harness.isReady()).isTrue();
    }

    @Test
    void appliesASpecWrittenDuringASweep() {
        ReconcileHarness harness = upToDate();
        duringTheNextSweep(harness, () -> harness.apply(described("new")));

        harness.operator.run(INTERVAL);

        assertThat(harness.role().description()).isEqualTo("new");
        assertThat(harness.operator.iam().calls().perRole()).containsExactly("GetRole " + ROLE, "UpdateRole " + ROLE);
    }

    @Test
    void staleSweepsWithinTheWindowUndoNothing() {
        ReconcileHarness harness = upToDate(every(Duration.ofSeconds(20)));
        harness.operator.iam().consistency().lag(Duration.ofSeconds(50));
        harness.apply(described("new"));

        harness.operator.run(Duration.ofMinutes(10));

        assertThat(harness.role().description()).isEqualTo("new");
        assertThat(harness.operator.interceptor().awsWrites()).containsExactly("iam:UpdateRole");
        assertThat(harness.operator.iam().calls().perRole()).hasSize(2);
    }

    @Test
    void findsDriftShortlyAfterAWriteOnceTheWindowEnds() {
        ReconcileHarness harness = upToDate(every(Duration.ofSeconds(20)));
        harness.apply(described("new"));
        harness.operator.run(Duration.ofSeconds(10));
        harness.operator
                .iam()
                .console()
                .edit(ROLE, role -> role.withDescription("mine").withAttached(ADMIN));
        harness.forgetCalls();

        harness.operator.run(Duration.ofSeconds(45));
        assertThat(harness.operator.iam().calls().perRole()).isEmpty();
        harness.operator.run(Duration.ofSeconds(35));

        assertThat(harness.role().description()).isEqualTo("new");
        assertThat(harness.role().attached()).doesNotContain(ADMIN);
        assertThat(harness.operator.users().serviceAccount(NS, NAME)).isPresent();
    }

    @Test
    void keepsTheChangeWhenRestartedWhileReadsAreStale() {
        ReconcileHarness harness = upToDate(every(Duration.ofSeconds(20)));
        harness.operator.iam().consistency().lag(Duration.ofSeconds(50));
        harness.apply(described("new"));
        harness.operator.run(Duration.ofSeconds(1));
        harness.operator.restart();

        harness.operator.run(Duration.ofMinutes(10));

        assertThat(harness.role().description()).isEqualTo("new");
        assertThat(harness.isReady()).isTrue();
        harness.forgetCalls();
        harness.operator.run(Duration.ofMinutes(10));
        assertThat(harness.operator.iam().calls().perRole()).isEmpty();
    }
}
