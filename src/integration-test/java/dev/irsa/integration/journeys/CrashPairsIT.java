package dev.irsa.integration.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.operator.CrashInterceptor.Cut;
import dev.irsa.fixtures.reconcile.Journey;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.fixtures.reconcile.StateSnapshot;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Invariant: after two kills the next process converges. The first kill is at any call of a journey, and the second one
 * is at some calls of the next process. {@code CrashPointsTest} has the single kills.
 */
class CrashPairsIT {
    /** The approximate number of pairs of kills that are tried per journey. */
    private static final int PAIRS = 96;

    private static int pairs;

    @AfterAll
    static void printCoverage() {
        System.out.println("pairs of crash points tried: " + pairs);
    }

    static List<Journey> journeys() {
        return Journey.all().stream().map(Journey::alone).toList();
    }

    @ParameterizedTest
    @MethodSource("journeys")
    void convergesAfterTwoKillsAtAnyCalls(Journey journey) {
        StateSnapshot undisturbed = end(journey, _ -> {}, _ -> {});
        int calls = journey.calls(_ -> {});
        for (int nth = 1; nth <= calls; nth++) {
            int first = nth;
            for (int next = 1; next <= calls; next += Math.max(2, calls * calls / PAIRS)) {
                int second = next;
                StateSnapshot end = end(
                        journey,
                        harness -> harness.operator.interceptor().cut(first, Cut.KILL_AFTER),
                        harness -> harness.operator.interceptor().cut(second, Cut.KILL_BEFORE));
                assertThat(end)
                        .as("%s: killed at call %d and then at %d", journey, nth, next)
                        .isEqualTo(undisturbed);
            }
        }
    }

    /** Returns the final state after a disturbance and, once the operator was restarted, another one. */
    private static StateSnapshot end(
            Journey journey, Consumer<ReconcileHarness> disturb, Consumer<ReconcileHarness> disturbAgain) {
        pairs++;
        return StateSnapshot.of(journey.end(disturb, disturbAgain).operator);
    }
}
