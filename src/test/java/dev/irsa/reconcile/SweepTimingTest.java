package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.port.Gate.OutsideCall;
import dev.irsa.sweep.SweepSettings;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a sweep saw is older than it looks: of what was written meanwhile, or shortly before, it says nothing. */
class SweepTimingTest {
    private static final Duration INTERVAL = SweepSettings.DEFAULT.interval();
    private static final String DETAILS = "iam:GetAccountAuthorizationDetails";
    private static final String ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";

    private static String described(String description) {
        return USUAL + "role: {description: " + description + "}";
    }

    private static ReconcileHarness atRest(SweepSettings settings) {
        ReconcileHarness trial = new ReconcileHarness();
        trial.operator.sweeping(settings).restart();
        trial.apply(USUAL);
        trial.operator.run(INTERVAL);
        assertThat(trial.isReady()).isTrue();
        trial.forgetCalls();
        return trial;
    }

    private static ReconcileHarness atRest() {
        return atRest(SweepSettings.DEFAULT);
    }

    private static SweepSettings every(Duration interval) {
        return new SweepSettings(interval, Duration.ofHours(1), false, namespace -> true);
    }

    /** Once, in the middle of the next sweep: the details are read, and the list is not. */
    private static void inTheNextSweep(ReconcileHarness trial, Runnable meanwhile) {
        trial.operator.gate().after(new Consumer<>() {
            private boolean done;

            @Override
            public void accept(OutsideCall call) {
                if (!done && call.action().equals(DETAILS)) {
                    done = true;
                    meanwhile.run();
                }
            }
        });
    }

    @Test
    void aSweepThatIsSlowerThanTenReconcilesUndoesNone() {
        ReconcileHarness trial = atRest();
        inTheNextSweep(trial, () -> {
            for (int i = 1; i <= 10; i++) {
                trial.apply(described("d" + i));
                trial.operator.run(Duration.ofSeconds(30));
            }
        });

        trial.operator.run(INTERVAL.multipliedBy(3));

        assertThat(trial.role().description()).isEqualTo("d10");
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.operator.gate().awsWrites()).hasSize(10).containsOnly("iam:UpdateRole");
        assertThat(trial.operator.iam().calls().perRole()).hasSize(20);
    }

    @Test
    void aSweepThatBeganBeforeTheWriteIsNotBelievedHoweverLongAfterItEnds() {
        ReconcileHarness trial = atRest();
        inTheNextSweep(trial, () -> {
            trial.apply(described("new"));
            trial.operator.run(Duration.ofMinutes(30));
        });

        trial.operator.run(INTERVAL.multipliedBy(2));

        assertThat(trial.role().description()).isEqualTo("new");
        assertThat(trial.operator.iam().calls().perRole()).containsExactly("GetRole " + ROLE, "UpdateRole " + ROLE);
    }

    @Test
    void aRoleThatIsCreatedWhileASweepRunsIsNeitherMissingNorOrphaned() {
        ReconcileHarness trial = atRest();
        inTheNextSweep(trial, () -> {
            trial.operator.hands().apply(NS, "late", USUAL);
            trial.operator.run(Duration.ofMinutes(2));
            assertThat(trial.isReady("late")).isTrue();
        });

        trial.operator.run(INTERVAL.multipliedBy(4));

        assertThat(trial.isReady("late")).isTrue();
        assertThat(trial.operator.iam().calls().perRole())
                .containsExactly(
                        "CreateRole prod_payments_late",
                        "AttachRolePolicy prod_payments_late",
                        "PutRolePolicy prod_payments_late");
        assertThat(trial.operator.warnings()).isEmpty();
    }

    @Test
    void aRoleThatIsCreatedBetweenTwoPagesIsNeitherMissingNorOrphaned() {
        ReconcileHarness trial = atRest();
        trial.operator.hands().apply(NS, "z", USUAL);
        trial.operator.run(INTERVAL);
        trial.operator.iam().pages().atMost(1);
        trial.forgetCalls();
        inTheNextSweep(trial, () -> {
            // One that sorts before the marker and is missed, and one that sorts after it and is seen.
            trial.operator.hands().apply(NS, "a", USUAL);
            trial.operator.hands().apply(NS, "y", USUAL);
            trial.operator.run(Duration.ofMinutes(2));
        });

        trial.operator.run(INTERVAL.multipliedBy(4));

        assertThat(trial.operator.iam().calls().perRole()).hasSize(6);
        assertThat(trial.operator.iam().calls().of("CreateRole")).isEqualTo(2);
        assertThat(trial.operator.warnings()).isEmpty();
        assertThat(trial.operator.reports().getLast().roles()).isEqualTo(4);
    }

    @Test
    void aResourceThatIsDeletedWhileASweepRunsTakesItsRoleWithIt() {
        ReconcileHarness trial = atRest();
        inTheNextSweep(trial, () -> {
            trial.delete();
            trial.operator.run(Duration.ofMinutes(2));
        });

        trial.operator.run(INTERVAL.multipliedBy(4));

        assertThat(trial.isClean()).isTrue();
        assertThat(trial.operator.warnings()).isEmpty();
    }

    @Test
    void oneOfTheSameNameThatComesBackInASweepHasItsRole() {
        ReconcileHarness trial = atRest();
        inTheNextSweep(trial, () -> {
            trial.delete();
            trial.operator.run(Duration.ofMinutes(2));
            trial.apply(described("again"));
            trial.operator.run(Duration.ofMinutes(2));
            trial.forgetCalls();
        });

        trial.operator.run(INTERVAL.multipliedBy(4));

        assertThat(trial.isReady()).isTrue();
        assertThat(trial.role().description()).isEqualTo("again");
        assertThat(trial.operator.iam().calls().perRole()).isEmpty();
        assertThat(trial.operator.warnings()).isEmpty();
    }

    @Test
    void driftThatASweepSawWhileTheSpecChangedIsRepairedByTheNext() {
        ReconcileHarness trial = atRest();
        trial.operator.iam().console().edit(ROLE, role -> role.withAttached(ADMIN));
        inTheNextSweep(trial, () -> {
            trial.apply(described("new"));
            trial.operator.run(Duration.ofSeconds(1));
        });

        trial.operator.run(INTERVAL.multipliedBy(2));

        assertThat(trial.role().attached()).doesNotContain(ADMIN);
        assertThat(trial.role().description()).isEqualTo("new");
        assertThat(trial.isReady()).isTrue();
    }

    @Test
    void aSpecThatIsWrittenInASweepAndReconciledAfterItIsNotTakenForRest() {
        ReconcileHarness trial = atRest();
        inTheNextSweep(trial, () -> trial.apply(described("new")));

        trial.operator.run(INTERVAL);

        assertThat(trial.role().description()).isEqualTo("new");
        assertThat(trial.operator.iam().calls().perRole()).containsExactly("GetRole " + ROLE, "UpdateRole " + ROLE);
    }

    @Test
    void sweepsWithinTheWindowThatStillShowWhatWasBeforeUndoNothing() {
        ReconcileHarness trial = atRest(every(Duration.ofSeconds(20)));
        trial.operator.iam().consistency().lag(Duration.ofSeconds(50));
        trial.apply(described("new"));

        trial.operator.run(Duration.ofMinutes(10));

        assertThat(trial.role().description()).isEqualTo("new");
        assertThat(trial.operator.gate().awsWrites()).containsExactly("iam:UpdateRole");
        assertThat(trial.operator.iam().calls().perRole()).hasSize(2);
    }

    @Test
    void driftShortlyAfterAWriteIsFoundOnceTheWindowIsOver() {
        ReconcileHarness trial = atRest(every(Duration.ofSeconds(20)));
        trial.apply(described("new"));
        trial.operator.run(Duration.ofSeconds(10));
        trial.operator
                .iam()
                .console()
                .edit(ROLE, role -> role.withDescription("mine").withAttached(ADMIN));
        trial.forgetCalls();

        trial.operator.run(Duration.ofSeconds(45));
        assertThat(trial.operator.iam().calls().perRole()).isEmpty();
        trial.operator.run(Duration.ofSeconds(35));

        assertThat(trial.role().description()).isEqualTo("new");
        assertThat(trial.role().attached()).doesNotContain(ADMIN);
        assertThat(trial.operator.hands().serviceAccount(NS, NAME)).isPresent();
    }

    @Test
    void aRestartInTheMiddleOfIamsSlownessLosesNothing() {
        ReconcileHarness trial = atRest(every(Duration.ofSeconds(20)));
        trial.operator.iam().consistency().lag(Duration.ofSeconds(50));
        trial.apply(described("new"));
        trial.operator.run(Duration.ofSeconds(1));
        trial.operator.restart();

        trial.operator.run(Duration.ofMinutes(10));

        assertThat(trial.role().description()).isEqualTo("new");
        assertThat(trial.isReady()).isTrue();
        trial.forgetCalls();
        trial.operator.run(Duration.ofMinutes(10));
        assertThat(trial.operator.iam().calls().perRole()).isEmpty();
    }
}
