package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.iam.FaultInjection;
import dev.irsa.fixtures.iam.Refusal;
import dev.irsa.fixtures.operator.DefaultSettings;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The operator discards a sweep if one page is missing. */
class SweepFailuresTest {
    private static final Duration INTERVAL = DefaultSettings.SWEEP.interval();
    private static final String DETAILS = "GetAccountAuthorizationDetails";
    private static final String LIST = "ListRoles";
    private static final int ROLES = 5;
    private static final String FIRST = "prod_payments_r0";

    private static ReconcileHarness five() {
        ReconcileHarness harness = new ReconcileHarness();
        IntStream.range(0, ROLES).forEach(i -> harness.operator.users().apply(NS, "r" + i, USUAL));
        harness.operator.settle();
        harness.operator.run(INTERVAL);
        harness.operator.iam().pages().atMost(1);
        harness.forgetCalls();
        return harness;
    }

    private static void drift(ReconcileHarness harness) {
        harness.operator.iam().console().edit(FIRST, role -> role.withDescription("drifted"));
    }

    private static boolean isRepaired(ReconcileHarness harness) {
        return harness.operator.iam().role(FIRST).orElseThrow().description().isEmpty();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("the list is throttled", faults -> faults.throttle(LIST)),
                fault("the list fails", faults -> faults.fail(LIST, Refusal.serviceFailure())),
                fault("a gateway answers the list", faults -> faults.fail(LIST, Refusal.withoutBody(502))),
                fault("the list is denied", faults -> faults.deny(LIST)),
                fault(
                        "every third page of details fails",
                        faults -> IntStream.range(0, 500)
                                .forEach(i -> faults.failNth(DETAILS, 3 * (i + 1), Refusal.serviceFailure()))),
                fault(
                        "every third answer is lost",
                        faults -> IntStream.range(0, 500).forEach(i -> faults.loseAnswerOfNth(DETAILS, 3 * (i + 1)))),
                fault("nothing can be read", FaultInjection::nonsense),
                fault("nothing can be reached", FaultInjection::unreachable));
    }

    private static Arguments fault(String name, Consumer<FaultInjection> order) {
        return Arguments.of(Named.of(name, order));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void discardsAndRetriesAnIncompleteSweep(Consumer<FaultInjection> order) {
        ReconcileHarness harness = five();
        int completed = harness.operator.reports().size();
        int reconciles = harness.operator.reconciles();
        drift(harness);
        order.accept(harness.operator.iam().faults());

        // Less than the shortest time until roles are read one by one because a permission is missing.
        harness.operator.run(INTERVAL.plusMinutes(1));

        assertThat(harness.operator.reports()).hasSize(completed);
        assertThat(harness.operator.reconciles() - reconciles).isLessThanOrEqualTo(2);
        assertThat(harness.operator.interceptor().clusterWrites()).isEmpty();
        assertThat(harness.operator.iam().calls().of(DETAILS)).isPositive();

        harness.operator.iam().faults().none();
        harness.operator.run(INTERVAL);
        assertThat(isRepaired(harness)).isTrue();
        assertThat(harness.operator.reports()).hasSizeGreaterThan(completed);
    }

    @Test
    void requeuesNothingForAnIncompleteSweep() {
        ReconcileHarness harness = five();
        int reconciles = harness.operator.reconciles();
        drift(harness);
        harness.operator.iam().faults().throttle(LIST);

        harness.operator.run(INTERVAL.multipliedBy(3));

        assertThat(harness.operator.reconciles()).isEqualTo(reconciles);
        assertThat(isRepaired(harness)).isFalse();
        assertThat(harness.operator.iam().calls().perRole()).isEmpty();
    }

    @Test
    void backsOffBetweenRetries() {
        ReconcileHarness harness = five();
        harness.operator.iam().pages().atMost(1000);
        harness.operator.iam().faults().fail(DETAILS, Refusal.serviceFailure());

        harness.operator.run(INTERVAL);
        int first = harness.operator.iam().calls().of(DETAILS);
        harness.forgetCalls();
        harness.operator.run(Duration.ofHours(1).minus(INTERVAL).minus(INTERVAL));

        assertThat(first).isPositive();
        // Once a minute, plus or minus the jitter.
        assertThat(harness.operator.iam().calls().of(DETAILS)).isBetween(40, 51);
    }

    @Test
    void recoversWithinSecondsFromOneFailedPage() {
        ReconcileHarness harness = five();
        drift(harness);
        harness.operator.iam().faults().failNth(DETAILS, 3, Refusal.throttling());

        harness.operator.run(INTERVAL.plusSeconds(2));

        assertThat(isRepaired(harness)).isTrue();
        assertThat(harness.operator.warnings()).isEmpty();
    }

    @Test
    void doesNotCountAFailedSweepTowardsAnOrphan() {
        ReconcileHarness harness = five();
        harness.operator.users().lose(NS, "r0");
        int completed = harness.operator.reports().size();
        while (harness.operator.reports().size() == completed) {
            harness.operator.run(Duration.ofSeconds(1));
        }
        harness.operator.iam().faults().throttle(LIST);
        harness.operator.run(INTERVAL.multipliedBy(3));
        assertThat(harness.operator.warnings()).isEmpty();

        harness.operator.iam().faults().none();
        harness.operator.run(INTERVAL);

        assertThat(harness.operator.warnings()).singleElement().asString().contains(FIRST);
    }

    @Test
    void readsEmptyPagesCorrectly() {
        ReconcileHarness harness = five();
        harness.operator.iam().pages().startEmpty(true);
        drift(harness);

        harness.operator.run(INTERVAL);

        assertThat(isRepaired(harness)).isTrue();
        assertThat(harness.operator.iam().calls().perRole()).hasSize(2);
        assertThat(harness.operator.reports().getLast().snapshot().roles()).hasSize(ROLES);
    }
}
