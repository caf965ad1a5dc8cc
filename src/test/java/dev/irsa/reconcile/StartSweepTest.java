package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.fixtures.iam.FaultInjection;
import dev.irsa.fixtures.iam.Refusal;
import dev.irsa.fixtures.operator.SimulatedOperator;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.sweep.SweepSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A start costs the pages of one sweep and a look at the OIDC provider, however many roles there are. */
class StartSweepTest {
    private static final int MANY = 50;
    private static final Duration FALLBACK = SweepSettings.DEFAULT.fallbackInterval();
    private static final List<String> PAGES = List.of(
            "GetOpenIDConnectProvider " + SimulatedOperator.PROVIDER, "GetAccountAuthorizationDetails", "ListRoles");

    private static ReconcileHarness many() {
        ReconcileHarness trial = new ReconcileHarness();
        IntStream.range(0, MANY).forEach(i -> trial.operator.hands().apply(NS, "r" + i, USUAL));
        trial.operator.settle();
        assertAllReady(trial);
        trial.operator.run(Duration.ofMinutes(10));
        trial.forgetCalls();
        return trial;
    }

    private static void assertAllReady(ReconcileHarness trial) {
        assertThat(IntStream.range(0, MANY).mapToObj(i -> "r" + i)).allMatch(trial::isReady);
    }

    private static String role(int i) {
        return "prod_payments_r" + i;
    }

    @Test
    void costsPagesAndNoWrite() {
        ReconcileHarness trial = many();

        trial.operator.restart();
        trial.operator.settle();

        assertThat(trial.operator.iam().calls().trail()).containsExactlyElementsOf(PAGES);
        assertThat(trial.operator.gate().clusterWrites()).isEmpty();
        assertAllReady(trial);
    }

    @Test
    void costsAsMuchWithPagesThatAreShort() {
        ReconcileHarness trial = many();
        trial.operator.iam().pages().atMost(20);

        trial.operator.restart();
        trial.operator.settle();

        assertThat(trial.operator.iam().calls().counts())
                .isEqualTo(Map.of("GetOpenIDConnectProvider", 1, "GetAccountAuthorizationDetails", 3, "ListRoles", 3));
    }

    @Test
    void repairsWhatDriftedMeanwhileAndOnlyThat() {
        ReconcileHarness trial = many();
        trial.operator.iam().console().edit(role(7), role -> role.withDescription("drifted"));
        trial.operator.iam().console().delete(role(9));

        trial.operator.restart();
        trial.operator.settle();

        assertThat(trial.operator.iam().role(role(7)).orElseThrow().description())
                .isEmpty();
        assertThat(trial.operator.iam().role(role(9))).isPresent();
        assertAllReady(trial);
        assertThat(trial.operator.iam().calls().perRole())
                .allMatch(call -> call.endsWith("_r7") || call.endsWith("_r9"));
        // The finalizer of both, for certain, and the status of the one whose role is made again, with its id.
        assertThat(trial.operator.gate().clusterWrites())
                .containsExactlyInAnyOrder(
                        "patch iamserviceaccounts", "patch iamserviceaccounts", "patch iamserviceaccounts/status");
    }

    @Test
    void convergesWhatWasChangedMeanwhile() {
        ReconcileHarness trial = many();
        trial.operator.hands().apply(NS, "r3", USUAL + "role: {description: new}");

        trial.operator.restart();
        trial.operator.settle();

        assertThat(trial.operator.iam().role(role(3)).orElseThrow().description())
                .isEqualTo("new");
        assertAllReady(trial);
        assertThat(trial.operator.iam().calls().perRole()).allMatch(call -> call.endsWith("_r3"));
    }

    @Test
    void finishesDeletionsOfMeanwhileWithoutWaitingForTheSweep() {
        ReconcileHarness trial = many();
        trial.operator.iam().faults().throttle("GetAccountAuthorizationDetails");
        trial.operator.hands().delete(NS, "r4");

        trial.operator.restart();
        trial.operator.run(Duration.ofMinutes(5));

        assertThat(trial.operator.hands().resource(NS, "r4")).isEmpty();
        assertThat(trial.operator.iam().role(role(4))).isEmpty();
    }

    @Test
    void pointsAServiceAccountAgainWithoutWaitingForTheSweep() {
        ReconcileHarness trial = many();
        trial.operator.iam().faults().throttle("GetAccountAuthorizationDetails");
        trial.operator.hands().deleteServiceAccount(NS, "r5");

        trial.operator.restart();
        trial.operator.run(Duration.ofSeconds(1));

        assertThat(trial.operator.hands().serviceAccount(NS, "r5")).isPresent();
    }

    @Test
    void holdsAgainAtOnceWhatSomebodyLetGoOf() {
        ReconcileHarness trial = many();
        trial.operator.hands().edit(NS, "r6", resource -> {
            resource.removeFinalizer(IamServiceAccount.FINALIZER);
            return resource;
        });
        trial.operator.iam().console().edit(role(6), role -> role.withDescription("drifted"));

        trial.operator.restart();
        trial.operator.run(Duration.ofSeconds(1));
        assertThat(trial.operator.hands().resource(NS, "r6").orElseThrow().hasFinalizer(IamServiceAccount.FINALIZER))
                .isTrue();

        trial.operator.run(SweepSettings.DEFAULT.interval());
        assertThat(trial.operator.iam().role(role(6)).orElseThrow().description())
                .isEmpty();
        assertAllReady(trial);
    }

    static Stream<Named<Consumer<FaultInjection>>> ails() {
        return Stream.of(
                Named.of("unreachable", FaultInjection::unreachable),
                Named.of("throttled", FaultInjection::throttleAll),
                Named.of("failing", faults -> faults.failAll(Refusal.serviceFailure())),
                Named.of("expired", faults -> faults.failAll(Refusal.of("ExpiredToken", 403, "expired"))));
    }

    @ParameterizedTest
    @MethodSource("ails")
    void waitsForTheFirstSweepAndWritesNothingMeanwhile(Consumer<FaultInjection> order) {
        ReconcileHarness trial = many();
        trial.operator.iam().console().edit(role(7), role -> role.withDescription("drifted"));
        order.accept(trial.operator.iam().faults());
        trial.operator.restart();

        trial.operator.run(Duration.ofMinutes(30));
        assertThat(trial.operator.iam().calls().perRole()).isEmpty();
        assertThat(trial.operator.gate().clusterWrites()).isEmpty();
        assertAllReady(trial);

        trial.operator.iam().faults().none();
        trial.forgetCalls();
        trial.operator.run(Duration.ofMinutes(2));
        assertThat(trial.operator.iam().role(role(7)).orElseThrow().description())
                .isEmpty();
        assertThat(trial.operator.iam().calls().perRole()).hasSize(2);
        // The finalizer, for certain, before the role is written.
        assertThat(trial.operator.gate().clusterWrites()).containsExactly("patch iamserviceaccounts");
    }

    @Test
    void waitsNoLongerThanTheFallbackIntervalsWhereNoSweepCanBeHad() {
        ReconcileHarness trial = many();
        trial.operator.iam().console().edit(role(7), role -> role.withDescription("drifted"));
        trial.operator.iam().faults().throttle("GetAccountAuthorizationDetails");
        trial.operator.restart();

        trial.operator.run(FALLBACK.multipliedBy(2).plusMinutes(2));

        assertThat(trial.operator.iam().role(role(7)).orElseThrow().description())
                .isEmpty();
        assertAllReady(trial);
        // The finalizer, for certain, before the role is written.
        assertThat(trial.operator.gate().clusterWrites()).containsExactly("patch iamserviceaccounts");
    }

    @Test
    void aDeniedFirstSweepLooksOneByOneAndAsksForNoWrite() {
        ReconcileHarness trial = many();
        trial.operator.iam().faults().deny("GetAccountAuthorizationDetails");
        trial.operator.restart();

        trial.operator.run(FALLBACK.plusMinutes(1));

        assertThat(trial.operator.iam().calls().of("GetRole")).isBetween(MANY, MANY + 1);
        assertThat(trial.operator.gate().awsWrites()).isEmpty();
        assertThat(trial.operator.gate().clusterWrites()).isEmpty();
        assertAllReady(trial);
    }
}
