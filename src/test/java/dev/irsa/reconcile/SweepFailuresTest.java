package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.iam.FaultInjection;
import dev.irsa.fixtures.iam.Refusal;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.sweep.SweepSettings;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A sweep of which one page is missing is no sweep. */
class SweepFailuresTest {
    private static final Duration INTERVAL = SweepSettings.DEFAULT.interval();
    private static final String DETAILS = "GetAccountAuthorizationDetails";
    private static final String LIST = "ListRoles";
    private static final int ROLES = 5;
    private static final String FIRST = "prod_payments_r0";

    private static ReconcileHarness five() {
        ReconcileHarness trial = new ReconcileHarness();
        IntStream.range(0, ROLES).forEach(i -> trial.operator.hands().apply(NS, "r" + i, USUAL));
        trial.operator.settle();
        trial.operator.run(INTERVAL);
        trial.operator.iam().pages().atMost(1);
        trial.forgetCalls();
        return trial;
    }

    private static void drift(ReconcileHarness trial) {
        trial.operator.iam().console().edit(FIRST, role -> role.withDescription("drifted"));
    }

    private static boolean isRepaired(ReconcileHarness trial) {
        return trial.operator.iam().role(FIRST).orElseThrow().description().isEmpty();
    }

    static Stream<Arguments> ails() {
        return Stream.of(
                ail("the list is throttled", faults -> faults.throttle(LIST)),
                ail("the list fails", faults -> faults.fail(LIST, Refusal.serviceFailure())),
                ail("a gateway answers the list", faults -> faults.fail(LIST, Refusal.withoutBody(502))),
                ail("the list is denied", faults -> faults.deny(LIST)),
                ail(
                        "every third page of details fails",
                        faults -> IntStream.range(0, 500)
                                .forEach(i -> faults.failNth(DETAILS, 3 * (i + 1), Refusal.serviceFailure()))),
                ail(
                        "every third answer is lost",
                        faults -> IntStream.range(0, 500).forEach(i -> faults.loseAnswerOfNth(DETAILS, 3 * (i + 1)))),
                ail("nothing can be read", FaultInjection::nonsense),
                ail("nothing can be reached", FaultInjection::unreachable));
    }

    private static Arguments ail(String name, Consumer<FaultInjection> order) {
        return Arguments.of(Named.of(name, order));
    }

    @ParameterizedTest
    @MethodSource("ails")
    void isDiscardedAndTriedAgain(Consumer<FaultInjection> order) {
        ReconcileHarness trial = five();
        int whole = trial.operator.reports().size();
        int reconciles = trial.operator.reconciles();
        drift(trial);
        order.accept(trial.operator.iam().faults());

        // Less than the shortest pace at which roles are looked at one by one where a right is missing.
        trial.operator.run(INTERVAL.plusMinutes(1));

        assertThat(trial.operator.reports()).hasSize(whole);
        assertThat(trial.operator.reconciles() - reconciles).isLessThanOrEqualTo(2);
        assertThat(trial.operator.gate().clusterWrites()).isEmpty();
        assertThat(trial.operator.iam().calls().of(DETAILS)).isPositive();

        trial.operator.iam().faults().none();
        trial.operator.run(INTERVAL);
        assertThat(isRepaired(trial)).isTrue();
        assertThat(trial.operator.reports()).hasSizeGreaterThan(whole);
    }

    @Test
    void wakesNobodyForWhatTheFirstPagesShowed() {
        ReconcileHarness trial = five();
        int reconciles = trial.operator.reconciles();
        drift(trial);
        trial.operator.iam().faults().throttle(LIST);

        trial.operator.run(INTERVAL.multipliedBy(3));

        assertThat(trial.operator.reconciles()).isEqualTo(reconciles);
        assertThat(isRepaired(trial)).isFalse();
        assertThat(trial.operator.iam().calls().perRole()).isEmpty();
    }

    @Test
    void isTriedAgainSoonAndThenMoreSlowly() {
        ReconcileHarness trial = five();
        trial.operator.iam().pages().atMost(1000);
        trial.operator.iam().faults().fail(DETAILS, Refusal.serviceFailure());

        trial.operator.run(INTERVAL);
        int first = trial.operator.iam().calls().of(DETAILS);
        trial.forgetCalls();
        trial.operator.run(Duration.ofHours(1).minus(INTERVAL).minus(INTERVAL));

        assertThat(first).isPositive();
        // Once a minute, give or take the jitter.
        assertThat(trial.operator.iam().calls().of(DETAILS)).isBetween(40, 51);
    }

    @Test
    void oneFailureInTheMiddleCostsSeconds() {
        ReconcileHarness trial = five();
        drift(trial);
        trial.operator.iam().faults().failNth(DETAILS, 3, Refusal.throttling());

        trial.operator.run(INTERVAL.plusSeconds(2));

        assertThat(isRepaired(trial)).isTrue();
        assertThat(trial.operator.warnings()).isEmpty();
    }

    @Test
    void aSweepThatFailedDoesNotCountAsTheSecondThatMissedAResource() {
        ReconcileHarness trial = five();
        trial.operator.hands().lose(NS, "r0");
        int whole = trial.operator.reports().size();
        while (trial.operator.reports().size() == whole) {
            trial.operator.run(Duration.ofSeconds(1));
        }
        trial.operator.iam().faults().throttle(LIST);
        trial.operator.run(INTERVAL.multipliedBy(3));
        assertThat(trial.operator.warnings()).isEmpty();

        trial.operator.iam().faults().none();
        trial.operator.run(INTERVAL);

        assertThat(trial.operator.warnings()).singleElement().asString().contains(FIRST);
    }

    @Test
    void pagesOfAnySizeTellTheSame() {
        ReconcileHarness trial = five();
        trial.operator.iam().pages().startEmpty(true);
        drift(trial);

        trial.operator.run(INTERVAL);

        assertThat(isRepaired(trial)).isTrue();
        assertThat(trial.operator.iam().calls().perRole()).hasSize(2);
        assertThat(trial.operator.reports().getLast().roles()).isEqualTo(ROLES);
    }
}
