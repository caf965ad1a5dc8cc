package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.reconcile.status.EventMessage;
import dev.irsa.sweep.SweepSettings;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without the right to read in bulk every role is looked at by itself, slowly and evenly. */
class FallbackTest {
    private static final int MANY = 30;
    private static final Duration FALLBACK = SweepSettings.DEFAULT.fallbackInterval();
    private static final Duration TENTH = FALLBACK.dividedBy(10);

    private static ReconcileHarness denied(String action) {
        ReconcileHarness trial = new ReconcileHarness();
        IntStream.range(0, MANY).forEach(i -> trial.operator.hands().apply(NS, "r" + i, USUAL));
        trial.operator.settle();
        trial.operator.run(Duration.ofMinutes(10));
        trial.operator.iam().faults().deny(action);
        trial.operator.run(Duration.ofMinutes(10));
        trial.forgetCalls();
        return trial;
    }

    private static Set<String> looked(ReconcileHarness trial) {
        TreeSet<String> roles = new TreeSet<>();
        trial.operator.iam().calls().log().stream()
                .filter(call -> call.action().equals("GetRole"))
                .forEach(call -> roles.add(call.roleName()));
        return roles;
    }

    @ParameterizedTest
    @ValueSource(strings = {"GetAccountAuthorizationDetails", "ListRoles"})
    void isSaidOnceAndClearly(String action) {
        ReconcileHarness trial = denied(action);

        trial.operator.run(FALLBACK.multipliedBy(3));

        assertThat(trial.operator.warnings())
                .singleElement()
                .asString()
                .startsWith("SweepDenied: ")
                .contains("one by one", "60 minutes", "iam:" + action, "docs/permissions.md");
    }

    @Test
    void looksAtEveryRoleOnceAnIntervalAndNeverInABurst() {
        ReconcileHarness trial = denied("GetAccountAuthorizationDetails");
        for (int tenth = 0; tenth < 10; tenth++) {
            trial.operator.run(TENTH);
            assertThat(trial.operator.iam().calls().of("GetRole"))
                    .as("looks by the end of tenth %d", tenth)
                    .isBetween((tenth + 1) * MANY / 10 - 1, (tenth + 1) * MANY / 10 + 1);
        }
        trial.operator.run(FALLBACK.dividedBy(MANY));
        assertThat(looked(trial)).hasSize(MANY);
        assertThat(trial.operator.gate().awsWrites()).isEmpty();
        assertThat(trial.operator.gate().clusterWrites()).isEmpty();
    }

    @Test
    void findsDriftWithinTheInterval() {
        ReconcileHarness trial = denied("GetAccountAuthorizationDetails");
        for (int i = 0; i < MANY; i++) {
            trial.operator.iam().console().edit("prod_payments_r" + i, role -> role.withDescription("drifted"));
        }

        trial.operator.run(FALLBACK.plus(FALLBACK.dividedBy(MANY)));

        assertThat(trial.operator.iam().roles())
                .allMatch(role -> role.description().isEmpty());
        assertThat(trial.operator.notices().reversed().subList(0, MANY))
                .extracting(EventMessage::reason)
                .containsOnly("DriftRepaired");
    }

    @Test
    void findsForeignPoliciesToo() {
        ReconcileHarness trial = denied("GetAccountAuthorizationDetails");
        String admin = "arn:aws:iam::aws:policy/AdministratorAccess";
        trial.operator.iam().console().edit("prod_payments_r1", role -> role.withAttached(admin));

        trial.operator.run(FALLBACK.multipliedBy(2));

        assertThat(trial.operator.iam().role("prod_payments_r1").orElseThrow().attached())
                .doesNotContain(admin);
    }

    @Test
    void readsInBulkAgainOnceItMay() {
        ReconcileHarness trial = denied("GetAccountAuthorizationDetails");
        int whole = trial.operator.reports().size();
        trial.operator.iam().faults().none();
        trial.operator.run(SweepSettings.DEFAULT.interval());
        assertThat(trial.operator.reports()).hasSizeGreaterThan(whole);
        trial.forgetCalls();

        trial.operator.run(FALLBACK);

        assertThat(trial.operator.iam().calls().perRole()).isEmpty();
    }

    @Test
    void saysItAgainWhenTheRightWasThereMeanwhile() {
        ReconcileHarness trial = denied("GetAccountAuthorizationDetails");
        trial.operator.iam().faults().none();
        trial.operator.run(SweepSettings.DEFAULT.interval());
        trial.operator.iam().faults().deny("GetAccountAuthorizationDetails");
        trial.operator.run(SweepSettings.DEFAULT.interval());

        assertThat(trial.operator.warnings()).hasSize(2);
    }

    @Test
    void aHiccupInBetweenDoesNotHaveItSaidAgain() {
        ReconcileHarness trial = denied("GetAccountAuthorizationDetails");
        for (int i = 0; i < 5; i++) {
            trial.operator.iam().faults().none();
            trial.operator.iam().faults().throttle("GetAccountAuthorizationDetails");
            trial.operator.run(SweepSettings.DEFAULT.interval());
            trial.operator.iam().faults().none();
            trial.operator.iam().faults().deny("GetAccountAuthorizationDetails");
            trial.operator.run(SweepSettings.DEFAULT.interval());
        }

        assertThat(trial.operator.warnings()).hasSize(1);
    }

    @Test
    void aFallbackThatIsInterruptedByARestartBeginsAnewAndEvenly() {
        ReconcileHarness trial = denied("GetAccountAuthorizationDetails");
        trial.operator.restart();
        trial.forgetCalls();

        trial.operator.run(TENTH);

        assertThat(trial.operator.iam().calls().of("GetRole")).isBetween(MANY / 10 - 1, MANY / 10 + 1);
    }
}
