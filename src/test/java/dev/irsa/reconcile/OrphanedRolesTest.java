package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.port.CrdState;
import dev.irsa.sweep.SweepSettings;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Roles whose resource was lost: told of after two sweeps, and removed only where that was asked for. */
class OrphanedRolesTest {
    private static final SweepSettings TELLS = SweepSettings.DEFAULT;
    private static final SweepSettings REMOVES =
            new SweepSettings(TELLS.interval(), TELLS.fallbackInterval(), true, namespace -> true);

    private static ReconcileHarness many(int resources, SweepSettings settings) {
        ReconcileHarness trial = new ReconcileHarness();
        trial.operator.sweeping(settings).restart();
        IntStream.range(0, resources).forEach(i -> trial.operator.hands().apply(NS, "r" + i, USUAL));
        trial.operator.settle();
        trial.operator.run(TELLS.interval());
        trial.forgetCalls();
        return trial;
    }

    private static String role(int i) {
        return "prod_payments_r" + i;
    }

    private static void lose(ReconcileHarness trial, int resources) {
        IntStream.range(0, resources).forEach(i -> trial.operator.hands().lose(NS, "r" + i));
    }

    private static void sweeps(ReconcileHarness trial, int times) {
        int until = trial.operator.reports().size() + times;
        while (trial.operator.reports().size() < until) {
            trial.operator.run(Duration.ofSeconds(1));
        }
    }

    @Test
    void oneSweepProvesNothingAndTwoDo() {
        ReconcileHarness trial = many(3, TELLS);
        lose(trial, 1);

        sweeps(trial, 1);
        assertThat(trial.operator.warnings()).isEmpty();
        assertThat(trial.operator.reports().getLast().orphans()).isZero();

        sweeps(trial, 1);
        assertThat(trial.operator.warnings())
                .singleElement()
                .asString()
                .startsWith("RolesOrphaned: ")
                .contains(role(0), "payments/r0", "--remove-orphans");
        assertThat(trial.operator.reports().getLast().orphans()).isEqualTo(1);
    }

    @Test
    void isToldOnceAndAgainWhenItIsAnother() {
        ReconcileHarness trial = many(3, TELLS);
        lose(trial, 1);
        sweeps(trial, 6);
        assertThat(trial.operator.warnings()).hasSize(1);

        lose(trial, 2);
        sweeps(trial, 3);

        assertThat(trial.operator.warnings()).hasSize(2);
        assertThat(trial.operator.warnings().getLast()).contains(role(0), role(1));
        assertThat(trial.operator.gate().awsWrites()).isEmpty();
        assertThat(trial.operator.iam().roles()).hasSize(3);
    }

    @Test
    void aResourceThatComesBackBetweenTwoSweepsIsNoOrphan() {
        ReconcileHarness trial = many(40, REMOVES);
        lose(trial, 1);
        sweeps(trial, 1);
        trial.operator.hands().apply(NS, "r0", USUAL);
        sweeps(trial, 1);
        lose(trial, 1);
        sweeps(trial, 1);

        assertThat(trial.operator.warnings()).isEmpty();
        assertThat(trial.operator.iam().role(role(0))).isPresent();
    }

    @Test
    void rolesOfAnotherClusterOfThatNameOrOfNobodyAreNone() {
        ReconcileHarness trial = many(40, REMOVES);
        lose(trial, 3);
        trial.operator.iam().console().edit(role(0), role -> role.withTag("irsa.dev/cluster-id", "another"));
        trial.operator.iam().console().edit(role(1), role -> role.withTag("irsa.dev/issuer", "another"));
        trial.operator.iam().console().edit(role(2), role -> role.withoutTag("irsa.dev/cluster"));

        sweeps(trial, 4);

        assertThat(trial.operator.warnings()).isEmpty();
        assertThat(trial.operator.iam().roles()).hasSize(40);
    }

    @Test
    void whatIsNotWatchedIsNotJudged() {
        ReconcileHarness trial = many(
                3,
                new SweepSettings(
                        TELLS.interval(), TELLS.fallbackInterval(), true, namespace -> !namespace.equals(NS)));
        lose(trial, 3);

        sweeps(trial, 4);

        assertThat(trial.operator.warnings()).isEmpty();
        assertThat(trial.operator.iam().roles()).hasSize(3);
    }

    @Test
    void oneIsRemovedWherePoliciesGoFirst() {
        ReconcileHarness trial = many(40, REMOVES);
        String deny =
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}]}";
        trial.operator.iam().console().edit(role(0), role -> role.withInline("a-denial", deny));
        lose(trial, 1);

        sweeps(trial, 2);

        assertThat(trial.operator.iam().role(role(0))).isEmpty();
        assertThat(trial.operator.iam().roles()).hasSize(39);
        assertThat(trial.operator.gate().awsWrites())
                .containsExactly(
                        "iam:DetachRolePolicy", "iam:DeleteRolePolicy", "iam:DeleteRolePolicy", "iam:DeleteRole");
        assertThat(trial.operator.warnings())
                .singleElement()
                .asString()
                .startsWith("OrphansRemoved: ")
                .contains(role(0));
        assertThat(trial.operator.reports().getLast().orphans()).isZero();
    }

    @Test
    void aResourceThatComesBackAtTheLastMomentKeepsItsRole() {
        for (String moment : new String[] {"iam:GetRole", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies"}) {
            ReconcileHarness trial = many(40, REMOVES);
            lose(trial, 1);
            trial.operator.gate().after(call -> {
                if (call.action().equals(moment) && call.subject().equals(role(0))) {
                    trial.operator.hands().apply(NS, "r0", USUAL);
                }
            });
            String id = trial.operator.iam().role(role(0)).orElseThrow().id();

            sweeps(trial, 3);

            assertThat(trial.isReady("r0")).isTrue();
            assertThat(trial.operator.iam().role(role(0)).orElseThrow().id())
                    .as("came back at %s", moment)
                    .isEqualTo(id);
        }
    }

    @Test
    void aRoleThatWasMadeAnewOrGivenAwayAtTheLastMomentIsLeftAlone() {
        ReconcileHarness trial = many(40, REMOVES);
        lose(trial, 1);
        trial.operator.gate().before(call -> {
            if (call.action().equals("iam:GetRole") && call.subject().equals(role(0))) {
                trial.operator.iam().console().edit(role(0), role -> role.withTag("irsa.dev/resource", "a/b"));
            }
        });

        sweeps(trial, 2);

        assertThat(trial.operator.iam().role(role(0))).isPresent();
        assertThat(trial.operator.gate().awsWrites()).isEmpty();
    }

    @Test
    void moreThanTenStayAndRaiseAnAlarm() {
        ReconcileHarness trial = many(220, REMOVES);
        lose(trial, 11);

        sweeps(trial, 3);

        assertThat(trial.operator.iam().roles()).hasSize(220);
        assertThat(trial.operator.gate().awsWrites()).isEmpty();
        assertThat(trial.operator.warnings())
                .singleElement()
                .asString()
                .startsWith("OrphanRemovalStopped: ")
                .contains("11 of 220");
        assertThat(trial.operator.reports().getLast().orphans()).isEqualTo(11);
    }

    @Test
    void moreThanFivePercentStayAndRaiseAnAlarm() {
        ReconcileHarness trial = many(40, REMOVES);
        lose(trial, 3);

        sweeps(trial, 3);

        assertThat(trial.operator.iam().roles()).hasSize(40);
        assertThat(trial.operator.warnings()).singleElement().asString().startsWith("OrphanRemovalStopped: ");
    }

    @Test
    void fivePercentGo() {
        ReconcileHarness trial = many(40, REMOVES);
        lose(trial, 2);

        sweeps(trial, 2);

        assertThat(trial.operator.iam().roles()).hasSize(38);
    }

    @ParameterizedTest
    @EnumSource(names = {"MISSING", "UNKNOWN"})
    void withoutTheDefinitionNoRoleIsEverRemoved(CrdState state) {
        ReconcileHarness trial = many(40, REMOVES);
        lose(trial, 1);
        sweeps(trial, 1);
        trial.operator.hands().definition(state);

        sweeps(trial, 4);

        assertThat(trial.operator.iam().roles()).hasSize(40);
        assertThat(trial.operator.gate().awsWrites()).isEmpty();
        assertThat(trial.operator.warnings()).hasSize(state == CrdState.UNKNOWN ? 2 : 1);
    }

    @Test
    void aDefinitionThatGoesAtTheLastMomentKeepsTheRole() {
        ReconcileHarness trial = many(40, REMOVES);
        lose(trial, 1);
        trial.operator.gate().after(call -> {
            if (call.action().equals("iam:GetRole") && call.subject().equals(role(0))) {
                trial.operator.hands().definition(CrdState.MISSING);
            }
        });

        sweeps(trial, 4);

        assertThat(trial.operator.iam().roles()).hasSize(40);
    }

    @Test
    void aRoleThatIsOlderThanTheDefinitionIsKept() {
        ReconcileHarness trial = many(40, REMOVES);
        trial.operator.hands().definition(CrdState.MISSING);
        sweeps(trial, 1);
        trial.operator.hands().definition(CrdState.INTACT);
        IntStream.range(1, 40).forEach(i -> trial.operator.hands().apply(NS, "r" + i, USUAL));

        sweeps(trial, 4);

        assertThat(trial.operator.iam().roles()).hasSize(40);
        assertThat(trial.operator.warnings().getLast())
                .startsWith("OrphansKept: ")
                .contains(role(0), "older than the CustomResourceDefinition", "apply their resources again");
    }

    @Test
    void aRoleThatCannotBeRemovedIsTriedAgainAndDelaysNobody() {
        ReconcileHarness trial = many(60, REMOVES);
        lose(trial, 2);
        trial.operator.iam().console().edit(role(0), role -> role.inInstanceProfile("box"));

        sweeps(trial, 2);

        assertThat(trial.operator.iam().role(role(0))).isPresent();
        assertThat(trial.operator.iam().role(role(1))).isEmpty();
        assertThat(trial.operator.reports().getLast().orphans()).isEqualTo(1);
        trial.operator.iam().console().edit(role(0), role -> role.outOfInstanceProfile("box"));
        sweeps(trial, 1);
        assertThat(trial.operator.iam().role(role(0))).isEmpty();
    }
}
